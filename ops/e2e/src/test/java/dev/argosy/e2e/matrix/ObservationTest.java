package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the platform tells about itself. */
class ObservationTest {

  private static final String EVENTS = "read events";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicTest> observation() {
    return new Part("Audit, events, metrics")
        .kubectl(EVENTS, ObservationTest::events)
        .kubectlSince(28, "read events of one object", ObservationTest::eventsOfOne)
        .kubectl("read versions and health", ObservationTest::health)
        .kubectl("read one's own metrics", ObservationTest::metrics)
        .fabric8(EVENTS, ObservationTest::events)
        .script(Script.javascript(), EVENTS)
        .script(Script.python(), EVENTS)
        .tests();
  }

  private static void events(Space space) {
    noNode(space);
    Eventually.until(
        SOON,
        () -> space.run("get", "events", "--field-selector", "involvedObject.name=stuck"),
        said -> said.contains("FailedScheduling"));
    assertThat(space.run("get", "events", "-o", "wide", "--sort-by=.lastTimestamp"))
        .contains("SUBOBJECT", "node");
    assertThat(space.run("describe", "pod", "stuck")).contains("Events:", "FailedScheduling");
    assertThat(space.run("get", "events.v1.events.k8s.io")).contains("FailedScheduling");
  }

  private static void eventsOfOne(Space space) {
    noNode(space);
    Eventually.until(
        SOON,
        () -> space.run("events", "--for=pod/stuck"),
        said -> said.contains("FailedScheduling"));
    assertThat(space.run("events", "--types=Normal")).doesNotContain("FailedScheduling");
  }

  private static void noNode(Space space) {
    space.apply(
        Text.talkingPod()
            .replace("name: talk", "name: stuck")
            .replace("spec:\n", "spec:\n  nodeSelector: {none: such}\n"));
  }

  private static void health(Space space) {
    assertThat(space.run("version")).contains("v1.35");
    assertThat(raw(space, "/version")).contains("\"major\":\"1\"", "\"minor\":\"35\"");
    for (String health : List.of("/readyz", "/livez", "/healthz")) {
      assertThat(raw(space, health)).isEqualTo("ok");
      assertThat(raw(space, health + "?verbose"))
          .contains("[+]ping ok", health.substring(1) + " check passed")
          .doesNotContain("[-]");
    }
    assertThat(raw(space, "/readyz/ping")).isEqualTo("ok");
    assertThat(raw(space, "/readyz?verbose&exclude=ping")).contains("[+]ping excluded: ok");
  }

  /** The tenant's own numbers, for those who may read all of it; nothing of the process. */
  private static void metrics(Space space) {
    double before = created(space);
    space.run("create", "configmap", "counted");
    Eventually.until(SOON, () -> created(space), count -> count >= before + 1);
    assertThat(raw(space, "/metrics"))
        .contains("apiserver_resource_objects{group=\"\",resource=\"configmaps\"}")
        .doesNotContain("process_", "jvm_", "etcd_", "argosy_cluster_requests_total");
    assertThat(space.tryRun("get", "--raw", "/metrics/slis").err()).contains("(NotFound)");
    refusesMember(space);
  }

  private static void refusesMember(Space space) {
    String member = "--as=" + space.name();
    space.run(
        "create",
        "clusterrolebinding",
        space.name(),
        "--clusterrole=edit",
        "--user=" + space.name());
    try {
      Eventually.until(SOON, () -> space.tryRun("get", "cm", member), Program.Result::ok);
      assertThat(space.tryRun("get", "--raw", "/metrics", member).err())
          .contains("(Forbidden)", "cannot get path \"/metrics\"");
    } finally {
      space.run("delete", "clusterrolebinding", space.name());
    }
  }

  private static double created(Space space) {
    return raw(space, "/metrics")
        .lines()
        .filter(line -> line.startsWith("apiserver_request_total{code=\"201\""))
        .filter(line -> line.contains("resource=\"configmaps\",verb=\"POST\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static String raw(Space space, String path) {
    return space.run("get", "--raw", path);
  }

  private static void events(Fabric8 place) {
    Event event =
        new io.fabric8.kubernetes.api.model.EventBuilder()
            .withNewMetadata()
            .withName("told")
            .endMetadata()
            .withReason("Told")
            .withType("Normal")
            .withNewInvolvedObject()
            .withKind("Pod")
            .withNamespace(place.namespace())
            .withName("none")
            .endInvolvedObject()
            .build();
    var events = place.client().v1().events().inNamespace(place.namespace());
    events.resource(event).create();
    assertThat(events.withField("reason", "Told").list().getItems()).hasSize(1);
    assertThat(
            place
                .client()
                .events()
                .v1()
                .events()
                .inNamespace(place.namespace())
                .withName("told")
                .get()
                .getReason())
        .isEqualTo("Told");
  }
}
