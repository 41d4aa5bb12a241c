package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.aggregate.ExtensionServer;
import dev.argosy.server.aggregate.identity.FrontProxies;
import dev.argosy.server.dial.Connection;
import dev.argosy.server.dial.DialException;
import dev.argosy.server.dial.ServiceDialer;
import dev.argosy.server.dial.ServicePort;
import dev.argosy.server.pki.TestPki;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A server with clusters acme and globex, whose services lead to ports of this machine. */
final class AggregationRig implements AutoCloseable {

  static final String REGISTRATIONS = "/apis/apiregistration.k8s.io/v1/apiservices";

  final Map<String, Integer> ports = new ConcurrentHashMap<>();
  final AtomicReference<ServiceDialer> dialer = new AtomicReference<>(this::dial);
  final TestServer server;
  final TestClient client;
  FrontProxies proxies;

  @SuppressWarnings("NullAway") // set while the server is made
  AggregationRig() {
    server =
        TestServer.start(
            Map.of("argosy.api.min-watch-timeout", "PT1M"),
            parts -> {
              proxies =
                  new FrontProxies(
                      TestPki.newKey().getPrivate(), parts.caches(), Clock.systemUTC());
              parts.frontProxies(proxies).services(target -> dialer.get().dial(target));
            });
    client = server.client();
    server.clusters.put("globex", Phase.ACTIVE, Set.of());
    for (String namespace : new String[] {"kube-system", "default"}) {
      made("/clusters/globex/api/v1/namespaces", named(namespace));
    }
  }

  private static String named(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"}}";
  }

  private Connection dial(ServicePort target) throws DialException {
    Integer port = ports.get(target.cluster() + "/" + target.service());
    if (port == null) {
      throw new DialException("nobody plays " + target);
    }
    try {
      Socket socket = new Socket("127.0.0.1", port);
      return new Connection(socket.getInputStream(), socket.getOutputStream(), socket);
    } catch (IOException e) {
      throw new DialException("dial tcp 127.0.0.1:" + port + ": connect: connection refused");
    }
  }

  /** A server for the service {@code default/api} of a cluster. */
  ExtensionServer extension(Path folder, String cluster) throws Exception {
    await(() -> proxies.of(cluster).isPresent(), () -> "the identity for servers of " + cluster);
    ExtensionServer extension =
        new ExtensionServer(
            folder, proxies.of(cluster).orElseThrow().authority(), "api.default.svc");
    ports.put(cluster + "/api", extension.port());
    return extension;
  }

  void made(String path, String body) {
    Answer made = client.post(path, body);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  /** The service, with one endpoint. */
  void service(String cluster) {
    made(
        "/clusters/" + cluster + "/api/v1/namespaces/default/services",
        "{\"metadata\":{\"name\":\"api\"},\"spec\":{\"ports\":[{\"port\":443}]}}");
    made(
        "/clusters/" + cluster + "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
        """
        {"metadata":{"name":"api-1","labels":{"kubernetes.io/service-name":"api"}},
         "addressType":"IPv4","ports":[{"name":"","port":443,"protocol":"TCP"}],
         "endpoints":[{"addresses":["10.244.0.9"],"conditions":{"ready":true}}]}
        """);
  }

  void register(String cluster, String version, String caBundle) {
    made("/clusters/" + cluster + REGISTRATIONS, registration(version, caBundle));
  }

  static String registration(String version, String caBundle) {
    String trust =
        caBundle.isEmpty() ? "\"insecureSkipTLSVerify\":true" : "\"caBundle\":\"" + caBundle + "\"";
    return """
    {"metadata":{"name":"%1$s.wardle.example"},"spec":{"group":"wardle.example","version":"%1$s",
     "groupPriorityMinimum":2000,"versionPriority":200,%2$s,
     "service":{"namespace":"default","name":"api"}}}
    """
        .formatted(version, trust);
  }

  /** The condition, as "status reason: message". */
  String condition(String cluster, String version) {
    Answer answer =
        client.get("/clusters/" + cluster + REGISTRATIONS + "/" + version + ".wardle.example");
    return answer.at("status.conditions.0.status")
        + " "
        + answer.at("status.conditions.0.reason")
        + ": "
        + answer.at("status.conditions.0.message");
  }

  void awaitCondition(String cluster, String version, String beginning) throws Exception {
    await(
        () -> condition(cluster, version).startsWith(beginning), () -> condition(cluster, version));
  }

  static void await(Callable<Boolean> condition, Callable<String> shown) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + shown.call());
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
