package dev.argosy.bench.agent;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.pki.CertificateAuthority;
import dev.argosy.server.pki.NodeCertificates;
import dev.argosy.server.pki.PkiFolder;
import dev.argosy.server.pki.TestPki;
import dev.argosy.server.testing.TestCertificates;
import dev.argosy.server.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The API as an agent sees it: TLS, HTTP/2, join tokens, signed certificates; no scheduler. */
final class AgentPlatform implements AutoCloseable {

  static final String NODE = "footprint";
  private static final String TOKEN = "footpr.0123456789abcdef";
  private static final ResourceScope PODS =
      ResourceScope.namespace(new GroupResource("", "pods"), "acme", "default");
  private static final ObjectKey THE_NODE =
      new ObjectKey(new GroupResource("", "nodes"), "root", "", NODE);

  private final TestServer server;
  private final NodeCertificates signer;
  private final TestCertificates serving;
  private final PlatformTunnel tunnel;
  private final Set<String> uids = ConcurrentHashMap.newKeySet();

  private AgentPlatform(
      TestServer server, NodeCertificates signer, TestCertificates serving, PlatformTunnel tunnel) {
    this.server = server;
    this.signer = signer;
    this.serving = serving;
    this.tunnel = tunnel;
  }

  /** Without a tunnel, which the agent then dials in vain. */
  static AgentPlatform start(Path folder) throws Exception {
    return start(folder, false);
  }

  /** With all that carries the streams of pods. */
  static AgentPlatform withTunnel(Path folder) throws Exception {
    return start(folder, true);
  }

  private static AgentPlatform start(Path folder, boolean tunneled) throws Exception {
    PkiFolder pki = new TestPki().write(Files.createDirectories(folder.resolve("pki")));
    TestCertificates serving =
        TestCertificates.in(Files.createDirectories(folder.resolve("serving")));
    PlatformTunnel tunnel = new PlatformTunnel();
    TestServer server =
        TestServer.start(
            Map.of(
                "argosy.api.tls.certificate", serving.serverCertificate().toString(),
                "argosy.api.tls.key", serving.serverKey().toString(),
                "argosy.api.tls.client-ca", pki.caCertificateFile().toString()),
            parts -> {
              parts.access(new Joining(), a -> Authorizer.Decision.allow("a benchmark"));
              if (tunneled) {
                tunnel.into(parts);
              }
            });
    tunnel.arrive(server.admin());
    NodeCertificates signer =
        new NodeCertificates(
            server.admin(), CertificateAuthority.of(pki, Clock.systemUTC()), Clock.systemUTC());
    signer.start();
    AgentPlatform platform = new AgentPlatform(server, signer, serving, tunnel);
    platform.create(
        ResourceScope.namespace(new GroupResource("", "configmaps"), "acme", "default"),
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"},
         "data": {"color": "blue"}}
        """);
    return platform;
  }

  /** What the agent is told of it. */
  List<String> options() {
    URI uri = server.server.localUri();
    return List.of(
        "--server",
        uri.toString(),
        "--ca",
        serving.ca().toString(),
        "--token",
        TOKEN,
        "--node",
        NODE);
  }

  /** Whether streams reach the node. */
  boolean tunneled() {
    return tunnel.reaches(NODE);
  }

  /** Streams of a pod's only container. */
  Streams streams(String name) throws Exception {
    return new ApiStreams(
        serving.client(""),
        server.server.localUri(),
        TOKEN,
        "/clusters/acme/api/v1/namespaces/default/pods/" + name);
  }

  /** A pod that is bound to the node already. */
  void pod(String name, String image, boolean hostNetwork) {
    create(
        PODS,
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
         "spec": {"nodeName": "%s", "hostNetwork": %s, "terminationGracePeriodSeconds": 0,
          "automountServiceAccountToken": false,
          "volumes": [{"name": "settings", "configMap": {"name": "settings"}},
            {"name": "scratch", "emptyDir": {}}],
          "containers": [{"name": "main", "image": "%s", "command": ["sleep", "100000"],
            "imagePullPolicy": "IfNotPresent",
            "env": [{"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}],
            "volumeMounts": [{"name": "settings", "mountPath": "/etc/settings"},
              {"name": "scratch", "mountPath": "/scratch"}]}]}}
        """
            .formatted(name, NODE, hostNetwork, image));
  }

  /**
   * A pod of the host's network that is asked each second by TCP.
   *
   * @param probes how many; two for each of its containers
   */
  void probedPod(String name, String image, int probes, int port) {
    String probe =
        "{\"periodSeconds\": 1, \"tcpSocket\": {\"host\": \"127.0.0.1\", \"port\": %d}}"
            .formatted(port);
    String containers =
        IntStream.range(0, Math.max(1, probes / 2))
            .mapToObj(i ->
                """
                {"name": "c%d", "image": "%s", "command": ["sleep", "100000"],
                 "imagePullPolicy": "IfNotPresent", "livenessProbe": %s, "readinessProbe": %s}
                """
                    .formatted(i, image, probe, probe))
            .collect(Collectors.joining(","));
    create(
        PODS,
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
         "spec": {"nodeName": "%s", "hostNetwork": true, "terminationGracePeriodSeconds": 0,
          "automountServiceAccountToken": false, "containers": [%s]}}
        """
            .formatted(name, NODE, containers));
  }

  private void create(ResourceScope scope, String json) {
    switch (api().create(scope, Json.parse(json.getBytes(StandardCharsets.UTF_8)))) {
      case ApiResult.Ok<ApiObject>(ApiObject made) -> uids.add(made.meta().uid());
      case ApiResult.Refused<ApiObject>(Status status) ->
          throw new IllegalStateException(status.message());
    }
  }

  /** The uids of all that was made so far. */
  Set<String> uids() {
    return Set.copyOf(uids);
  }

  /** Begins to end a pod. */
  void end(String name) {
    api()
        .delete(
            new ObjectKey(PODS.resource(), PODS.cluster(), PODS.namespace(), name),
            DeleteOptions.DEFAULT);
  }

  /** Removes a pod at once, whatever its node does. */
  void forget(String name) {
    ObjectKey key = new ObjectKey(PODS.resource(), PODS.cluster(), PODS.namespace(), name);
    api()
        .get(key)
        .orAbsent()
        .ifPresent(pod -> api().delete(key, DeleteOptions.now(pod.meta().uid())));
  }

  /** Whether a pod runs. */
  boolean running(String name) {
    ObjectKey key = new ObjectKey(PODS.resource(), PODS.cluster(), PODS.namespace(), name);
    return api().get(key).orAbsent().stream()
        .anyMatch(p -> p.tree().path("status").path("phase").asString("").equals("Running"));
  }

  /** So that an agent that starts again is waited for. */
  void forgetNode() {
    api().delete(THE_NODE, DeleteOptions.DEFAULT);
  }

  boolean ready() {
    return api().get(THE_NODE).orAbsent().map(ApiObject::tree).stream()
        .flatMap(node -> node.path("status").path("conditions").valueStream())
        .anyMatch(AgentPlatform::saysReady);
  }

  private static boolean saysReady(JsonNode condition) {
    return condition.path("type").asString("").equals("Ready")
        && condition.path("status").asString("").equals("True");
  }

  /** How many pods run. */
  long running() {
    return list().stream()
        .filter(p -> p.tree().path("status").path("phase").asString("").equals("Running"))
        .count();
  }

  int pods() {
    return list().size();
  }

  private List<ApiObject> list() {
    return switch (api().list(PODS, ListOptions.EVERYTHING)) {
      case ApiResult.Ok<ObjectList>(ObjectList all) -> all.items();
      case ApiResult.Refused<ObjectList> refused ->
          throw new IllegalStateException(refused.status().message());
    };
  }

  private ApiClient api() {
    return server.admin();
  }

  @Override
  public void close() {
    tunnel.close();
    signer.close();
    server.close();
  }

  /** Knows the join token, and believes the certificate of any node. */
  private static final class Joining implements Authenticator {
    @Override
    public Authentication authenticate(Credentials credentials) {
      if (credentials.certificate().isPresent()) {
        return known("system:node:" + NODE, "system:nodes");
      }
      return switch (credentials.bearer().orElse("")) {
        case TOKEN -> known("system:bootstrap:footpr", "system:bootstrappers");
        case "" -> new Authentication.Anonymous();
        default -> new Authentication.Rejected("no such token");
      };
    }

    private static Authentication known(String user, String group) {
      return new Authentication.Known(
          new UserInfo(user, "", List.of(group), Map.of()), Optional.of("root"));
    }
  }
}
