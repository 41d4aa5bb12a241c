package dev.argosy.bench;

import dev.argosy.model.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running platform as a kubeconfig's user sees it. {@code kubectl proxy} carries the requests, so
 * that every kind of credential in a kubeconfig works; it costs a hop on loopback.
 */
final class PlatformProxy implements AutoCloseable {

  private static final String NONE =
      "; this benchmark needs a running platform: start one with ops/up, then export"
          + " KUBECONFIG=.argosy/kubeconfig/acme.yaml";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final int WAIT_SECONDS = 20;

  private final Process proxy;
  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int started;

  private PlatformProxy(Process proxy, URI base) {
    this.proxy = proxy;
    this.base = base;
  }

  static PlatformProxy open(String kubeconfig) throws Exception {
    if (kubeconfig.isEmpty() || !Files.isReadable(Path.of(kubeconfig))) {
      throw new Unavailable("KUBECONFIG names no readable file" + NONE);
    }
    Process process = start(kubeconfig);
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    if (line == null || !line.contains("127.0.0.1:")) {
      process.destroy();
      throw new Unavailable("kubectl proxy does not start: " + line + NONE);
    }
    String port = line.substring(line.lastIndexOf(':') + 1).strip();
    PlatformProxy platform = new PlatformProxy(process, URI.create("http://127.0.0.1:" + port));
    try {
      platform.requirePlatform(kubeconfig);
      return platform;
    } catch (Unavailable e) {
      platform.close();
      throw e;
    }
  }

  private static Process start(String kubeconfig) throws Unavailable {
    try {
      return new ProcessBuilder(
              "kubectl", "--kubeconfig", kubeconfig, "proxy", "--port=0", "--append-server-path")
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new Unavailable("the program kubectl is needed: " + e.getMessage());
    }
  }

  private void requirePlatform(String kubeconfig) throws Exception {
    HttpResponse<String> nodes = send(request("/api/v1/nodes").GET().build());
    if (nodes.statusCode() != 200) {
      throw new Unavailable(
          "no platform answers for "
              + kubeconfig
              + " (status "
              + nodes.statusCode()
              + " for its nodes)"
              + NONE);
    }
    if (Json.mapper().readTree(nodes.body()).path("items").isEmpty()) {
      throw new Unavailable("the platform of " + kubeconfig + " has no node");
    }
  }

  /**
   * Creates a pod, waits until it runs, and deletes it.
   *
   * @return the milliseconds from the request to the status
   */
  double startPod(String image) throws Exception {
    String name = "bench-" + ProcessHandle.current().pid() + "-" + started++;
    long start = System.nanoTime();
    HttpResponse<String> made =
        send(
            request(PODS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(pod(name, image))))
                .build());
    if (made.statusCode() != 201) {
      throw new Unavailable("the platform refuses the pod: " + made.body());
    }
    try {
      awaitRunning(name);
      return (System.nanoTime() - start) / 1e6;
    } finally {
      send(request(PODS + "/" + name + "?gracePeriodSeconds=0").DELETE().build());
    }
  }

  private static ObjectNode pod(String name, String image) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name);
    ObjectNode container = pod.putObject("spec").putArray("containers").addObject();
    container.put("name", "bench").put("image", image).put("imagePullPolicy", "IfNotPresent");
    return pod;
  }

  private void awaitRunning(String name) throws Exception {
    String query =
        "?watch=1&timeoutSeconds=" + WAIT_SECONDS + "&fieldSelector=metadata.name%3D" + name;
    HttpResponse<Stream<String>> watch =
        client.send(request(PODS + query).GET().build(), BodyHandlers.ofLines());
    try (Stream<String> lines = watch.body()) {
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        JsonNode status = Json.mapper().readTree(each.next()).path("object").path("status");
        if (status.path("containerStatuses").path(0).path("state").has("running")) {
          return;
        }
      }
    }
    throw new Unavailable("pod " + name + " did not run within " + WAIT_SECONDS + " s");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path));
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    proxy.destroy();
    if (!proxy.waitFor(5, TimeUnit.SECONDS)) {
      proxy.destroyForcibly();
    }
  }
}
