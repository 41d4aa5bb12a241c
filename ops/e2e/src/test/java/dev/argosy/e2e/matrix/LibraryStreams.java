package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.Yaml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Streams with the Java libraries. */
final class LibraryStreams {

  private static final Duration SOON = Duration.ofSeconds(120);

  private LibraryStreams() {}

  static void reads(Fabric8 place) {
    PodResource pod = talk(place);
    assertThat(pod.getLog()).isEqualTo("first line\nsecond line\n");
    assertThat(pod.tailingLines(1).getLog()).isEqualTo("second line\n");
  }

  static void executes(Fabric8 place) throws Exception {
    var pod = talk(place);
    var out = new ByteArrayOutputStream();
    try (var exec =
        pod.redirectingInput().writingOutput(out).exec("sh", "-c", "read a; echo $a; exit 3")) {
      exec.getInput().write("typed\n".getBytes(StandardCharsets.UTF_8));
      exec.getInput().flush();
      assertThat(exec.exitCode().get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("typed\n");
  }

  static void forwards(Fabric8 place) throws Exception {
    try (var forward = talk(place).portForward(8080)) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/"))
              .timeout(Duration.ofSeconds(30))
              .build();
      try (HttpClient http = HttpClient.newHttpClient()) {
        assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("Argosy demo");
      }
    }
  }

  private static PodResource talk(Fabric8 place) {
    var pods = place.client().pods().inNamespace(place.namespace());
    byte[] text = Text.talkingPod().getBytes(StandardCharsets.UTF_8);
    pods.load(new ByteArrayInputStream(text)).create();
    PodResource pod = pods.withName("talk");
    pod.waitUntilCondition(Readiness::isPodReady, SOON.toSeconds(), TimeUnit.SECONDS);
    return pod;
  }

  static void reads(OfficialJava place) throws Exception {
    talkJava(place);
    String log = place.core().readNamespacedPodLog("talk", place.namespace()).execute();
    assertThat(log).isEqualTo("first line\nsecond line\n");
  }

  static void executes(OfficialJava place) throws Exception {
    talkJava(place);
    Process process =
        new Exec(place.client())
            .exec(
                place.namespace(),
                "talk",
                new String[] {"sh", "-c", "read a; echo $a; exit 3"},
                true,
                false);
    process.getOutputStream().write("typed\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEqualTo("typed\n");
    assertThat(process.exitValue()).isEqualTo(3);
  }

  static void forwards(OfficialJava place) throws Exception {
    talkJava(place);
    var forward = new PortForward(place.client()).forward(place.namespace(), "talk", List.of(8080));
    String request = "GET / HTTP/1.0\r\nHost: talk\r\n\r\n";
    forward.getOutboundStream(8080).write(request.getBytes(StandardCharsets.UTF_8));
    forward.getOutboundStream(8080).flush();
    InputStream in = forward.getInputStream(8080);
    StringBuilder said = new StringBuilder();
    byte[] buffer = new byte[4096];
    for (int n = in.read(buffer); n > 0 && !said.toString().contains("demo"); ) {
      said.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      n = said.toString().contains("demo") ? 0 : in.read(buffer);
    }
    assertThat(said).contains("Argosy demo");
  }

  private static void talkJava(OfficialJava place) throws Exception {
    V1Pod pod = Yaml.loadAs(Text.talkingPod(), V1Pod.class);
    place.core().createNamespacedPod(place.namespace(), pod).execute();
    Eventually.until(SOON, () -> ready(place), ready -> ready);
  }

  private static boolean ready(OfficialJava place) {
    try {
      V1Pod pod = place.core().readNamespacedPod("talk", place.namespace()).execute();
      return pod.getStatus().getConditions() != null
          && pod.getStatus().getConditions().stream()
              .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    } catch (io.kubernetes.client.openapi.ApiException e) {
      throw new AssertionError(e);
    }
  }
}
