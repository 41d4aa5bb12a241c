package dev.argosy.server.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.PlayedPods;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.server.tunnel.TunnelEndpoint;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are handed on to pods, services and nodes. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // everything is set before the first test
class ProxyTest {

  private static final String SPACE = "/clusters/acme/api/v1/namespaces/default";
  private static final String WEB = SPACE + "/pods/web/proxy";

  private final NodeTunnels tunnels = new NodeTunnels();
  private final AtomicReference<Map<String, Connector>> connectors = new AtomicReference<>();
  private PlayedBackend backend;
  private PlayedBackend secure;
  private TestServer server;
  private TestClient client;
  private PlayedPods pods;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    backend = new PlayedBackend();
    secure = PlayedBackend.secure(folder);
    server =
        TestServer.start(
            Map.of(),
            parts -> {
              parts.mount(new TunnelEndpoint(tunnels).mount());
              for (String of : List.of("pods/proxy", "services/proxy", "nodes/proxy")) {
                parts.connector(
                    of,
                    (info, cluster, user, request, response) ->
                        connectors.get().get(of).connect(info, cluster, user, request, response));
              }
            });
    connectors.set(
        new ProxyConnectors(
                server.caches,
                tunnels,
                (pod, query) ->
                    new java.io.ByteArrayInputStream(
                        ("log of "
                                + pod.cluster()
                                + "/"
                                + pod.name()
                                + " "
                                + query.get("container"))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .all());
    server.access.token(
        "node", new UserInfo("system:node:n1", "", List.of("system:nodes"), Map.of()), "root");
    server.access.allow(attributes -> attributes.path().startsWith("/argosy/"));
    pods =
        new PlayedPods(
            server.server.port(),
            "node",
            "n1",
            tunnels,
            port -> port == 8443 ? secure.port() : port == 8080 || port == 80 ? backend.port() : 0);
    client = new TestClient(server.server.localUri(), FakeAccess.ADMIN_TOKEN);
    made("/clusters/root/api/v1/nodes", "{\"metadata\":{\"name\":\"n1\"}}");
    made("/clusters/root/api/v1/nodes", "{\"metadata\":{\"name\":\"n2\"}}");
    pod("web", "\"ports\":[{\"name\":\"http\",\"containerPort\":8080}],", true);
  }

  @AfterAll
  void stop() throws Exception {
    pods.close();
    tunnels.close();
    server.close();
    backend.close();
    secure.close();
  }

  @BeforeEach
  void forget() {
    backend.heads.clear();
    pods.requests.clear();
  }

  private void pod(String name, String more, boolean address) {
    made(
        SPACE + "/pods",
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"nodeName\":\"n1\",\"containers\":[{%s\"name\":\"c\",\"image\":\"i\"}]}}"
            .formatted(name, more));
    if (address) {
      Answer told =
          client.patch(
              SPACE + "/pods/" + name + "/status",
              "application/merge-patch+json",
              "{\"status\":{\"podIP\":\"10.244.0.9\",\"podIPs\":[{\"ip\":\"10.244.0.9\"}]}}");
      assertThat(told.code()).as(told.text()).isEqualTo(200);
      await(new GroupResource("", "pods"), told);
    }
  }

  private void made(String path, String body) {
    Answer made = client.post(path, body);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    String group = path.contains("/apis/") ? path.replaceFirst(".*/apis/([^/]*)/.*", "$1") : "";
    String resource = path.substring(path.lastIndexOf('/') + 1);
    await(new GroupResource(group, resource), made);
  }

  private void await(GroupResource of, Answer written) {
    long revision = Long.parseLong(written.at("metadata.resourceVersion"));
    assertThat(server.caches.of(of).awaitRevision(revision, Duration.ofSeconds(10))).isTrue();
  }

  private void service() {
    made(
        SPACE + "/services",
        "{\"metadata\":{\"name\":\"front\"},\"spec\":{\"ports\":[{\"name\":\"web\",\"port\":90,"
            + "\"targetPort\":8080},{\"name\":\"none\",\"port\":91}]}}");
    made(
        "/clusters/acme/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
        "{\"metadata\":{\"name\":\"front-1\",\"labels\":{\"kubernetes.io/service-name\":\"front\"}},"
            + "\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"web\",\"port\":8080,\"protocol\":\"TCP\"}],"
            + "\"endpoints\":[{\"addresses\":[\"10.244.0.9\"],\"conditions\":{\"ready\":true},"
            + "\"targetRef\":{\"kind\":\"Pod\",\"name\":\"web\",\"namespace\":\"default\"}}]}");
  }

  private String firstHead() {
    return backend.heads.getFirst();
  }

  @Test
  void requestsReachThePod() {
    Answer answer = client.get(WEB + "/a%2Fb/c%20d?x=1&y=%26", "X-Own", "mine");
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("GET 0");
    assertThat(firstHead())
        .startsWith("GET /a%2Fb/c%20d?x=1&y=%26 HTTP/1.1\r\n")
        .containsIgnoringCase("x-own: mine")
        .contains("X-Forwarded-For: 127.0.0.1\r\n")
        .contains("X-Forwarded-Uri: " + WEB + "/a%2Fb/c%20d\r\n")
        .contains("Host: 127.0.0.1:" + server.server.port())
        .doesNotContainIgnoringCase("authorization");
    StreamRequest.Proxy asked = (StreamRequest.Proxy) pods.requests.getFirst();
    assertThat(asked.port()).isEqualTo(8080);
    assertThat(asked.pod().cluster()).isEqualTo("acme");
  }

  @Test
  void everyMethodAndBodyPasses() {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
      Answer answer = client.send(method, WEB + "/x", "body".getBytes(UTF_8));
      assertThat(answer.text()).isEqualTo(method + " 4");
    }
    Answer head = client.send("HEAD", WEB + "/x", null);
    assertThat(head.code()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("6");
    Answer teapot = client.get(WEB + "/teapot");
    assertThat(teapot.code()).isEqualTo(418);
    assertThat(teapot.text()).isEqualTo("short");
  }

  @Test
  void bodiesAreNotGathered() throws Exception {
    byte[] body = new byte[3 * 1024 * 1024 + 17];
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(server.server.localUri() + WEB + "/big"))
            .header("Authorization", "Bearer " + FakeAccess.ADMIN_TOKEN)
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
            .build();
    HttpResponse<String> answer = http.send(chunked, BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("POST " + body.length);
    assertThat(firstHead()).contains("Transfer-Encoding: chunked");

    HttpRequest slow =
        HttpRequest.newBuilder(URI.create(server.server.localUri() + WEB + "/slow"))
            .header("Authorization", "Bearer " + FakeAccess.ADMIN_TOKEN)
            .build();
    try (InputStream in = http.send(slow, BodyHandlers.ofInputStream()).body()) {
      assertThat(new String(in.readNBytes(4), UTF_8)).isEqualTo("one\n");
      backend.goOn.countDown();
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("two\n");
    }
    http.shutdownNow();
  }

  @Test
  void http2PassesToo() throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(server.server.localUri() + WEB + "/two"))
            .header("Authorization", "Bearer " + FakeAccess.ADMIN_TOKEN)
            .POST(BodyPublishers.ofString("over two"))
            .build();
    assertThat(http.send(post, BodyHandlers.ofString()).body()).isEqualTo("POST 8");
    http.send( // the client changes to HTTP/2 after a request without a body
        HttpRequest.newBuilder(URI.create(server.server.localUri() + "/healthz")).build(),
        BodyHandlers.discarding());
    HttpResponse<String> second = http.send(post, BodyHandlers.ofString());
    assertThat(second.body()).isEqualTo("POST 8");
    assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
    http.shutdownNow();
  }

  @Test
  void anAnswerMayComeBeforeTheWholeRequest() {
    Answer answer = client.send("POST", WEB + "/early", new byte[2 * 1024 * 1024]);
    assertThat(answer.code()).isEqualTo(413);
    assertThat(answer.text()).isEqualTo("enough");
    assertThat(client.get(WEB + "/x").text()).isEqualTo("GET 0");
  }

  @Test
  void anEmptyPathGetsASlash() {
    Answer moved = client.get(WEB + "?q=1");
    assertThat(moved.code()).isEqualTo(301);
    assertThat(moved.header("Location")).isEqualTo(WEB + "/?q=1");
    assertThat(client.send("POST", WEB, new byte[0]).code()).isEqualTo(200);
    assertThat(firstHead()).startsWith("POST / HTTP/1.1\r\n");
  }

  @Test
  void linksLeadThroughTheProxy() {
    assertThat(client.get(WEB + "/redirect").header("Location")).isEqualTo(WEB + "/login?next=%2F");
    assertThat(client.get(WEB + "/elsewhere").header("Location"))
        .isEqualTo("https://example.com/login");
    Answer page = client.get(WEB + "/page");
    assertThat(page.header("Content-Type")).isEqualToIgnoringWhitespace("text/html;charset=utf-8");
    assertThat(page.text())
        .isEqualTo(
            "<!DOCTYPE html><!-- <a href=\"/no\"> --><a href=\""
                + WEB
                + "/über\">ü</a><a href='rel'>r</a><img alt=\"/x\" src="
                + WEB
                + "/logo.png><script src=\""
                + WEB
                + "/app.js\">\"<a href='/no'>\"</script>"
                + "<form action=\"https://example.com/\"></form>");
  }

  @Test
  void headersOfOthersStayBehind() {
    Answer answer = client.get(WEB + "/cors");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.response().headers().allValues("X-Own")).containsExactly("a", "b");
  }

  @Test
  void portsAreNumbersOrNames() {
    assertThat(client.get(SPACE + "/pods/web:http/proxy/x").code()).isEqualTo(200);
    assertThat(client.get(SPACE + "/pods/http:web:8080/proxy/x").code()).isEqualTo(200);
    Answer closed = client.get(SPACE + "/pods/web:81/proxy/x");
    assertThat(closed.code()).isEqualTo(503);
    assertThat(closed.at("reason")).isEqualTo("ServiceUnavailable");
    assertThat(closed.at("message"))
        .isEqualTo("error trying to reach service: dial pod web port 81: Connection refused");
    Answer odd = client.get(SPACE + "/pods/ftp:web:8080/proxy/x");
    assertThat(odd.code()).isEqualTo(400);
    assertThat(odd.at("message")).isEqualTo("invalid pod request \"ftp:web:8080\"");
    assertThat(client.get(SPACE + "/pods/nobody/proxy/x").at("message"))
        .isEqualTo("pods \"nobody\" not found");
    pod("plain", "", false);
    Answer unborn = client.get(SPACE + "/pods/plain/proxy/x");
    assertThat(unborn.code()).isEqualTo(400);
    assertThat(unborn.at("message")).isEqualTo("address not allowed");
  }

  @Test
  void aBackendThatSaysNothingIsUnavailable() {
    Answer silent = client.get(WEB + "/silent");
    assertThat(silent.code()).isEqualTo(503);
    assertThat(silent.at("message")).isEqualTo("error trying to reach service: EOF");
  }

  @Test
  void whatBreaksOffIsNotTakenForWhole() {
    assertThatThrownBy(() -> client.get(WEB + "/broken")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void tlsIsSpokenWithWhoeverIsThere() {
    assertThat(client.get(SPACE + "/pods/https:web:8443/proxy/x").text()).isEqualTo("GET 0");
    assertThat(secure.heads.getFirst()).startsWith("GET /x HTTP/1.1\r\n");
  }

  @Test
  void servicesLeadToTheirPods() {
    service();
    String front = SPACE + "/services/front";
    assertThat(client.get(front + ":web/proxy/x").text()).isEqualTo("GET 0");
    assertThat(client.get(front + ":90/proxy/x").text()).isEqualTo("GET 0");
    assertThat(client.get(front + "/proxy/x").at("message"))
        .isEqualTo("no endpoints available for service \"front\"");
    Answer none = client.get(front + ":none/proxy/x");
    assertThat(none.code()).isEqualTo(503);
    assertThat(none.at("message")).isEqualTo("no endpoints available for service \"front:none\"");
    assertThat(client.get(front + ":99/proxy/x").at("message"))
        .isEqualTo("no service port 99 found for service \"front\"");
    assertThat(client.get(SPACE + "/services/nobody/proxy/x").code()).isEqualTo(404);
  }

  private Socket upgrade(String path) throws Exception {
    Socket socket = new Socket("127.0.0.1", server.server.port());
    socket
        .getOutputStream()
        .write(
            ("GET "
                    + WEB
                    + path
                    + " HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer "
                    + FakeAccess.ADMIN_TOKEN
                    + "\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n\r\n")
                .getBytes(UTF_8));
    return socket;
  }

  @Test
  void upgradesPassThrough() throws Exception {
    try (Socket socket = upgrade("/ws")) {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      assertThat(head.toString())
          .startsWith("HTTP/1.1 101 ")
          .containsIgnoringCase("upgrade: echo/1")
          .contains("X-Own: yes");
      assertThat(new String(in.readNBytes(5), UTF_8)).isEqualTo("hello");
      socket.getOutputStream().write("ping".getBytes(UTF_8));
      assertThat(new String(in.readNBytes(4), UTF_8)).isEqualTo("ping");
    }
    assertThat(firstHead())
        .contains("Connection: Upgrade\r\nUpgrade: echo/1\r\n")
        .doesNotContainIgnoringCase("authorization");
    try (Socket socket = upgrade("/noupgrade")) {
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, UTF_8)).isEqualTo("HTTP/1.1 403");
    }
    try (Socket socket = upgrade("/x")) {
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, UTF_8)).isEqualTo("HTTP/1.1 500");
    }
  }

  @Test
  void rightsGoByMethod() {
    server.access.token("reader", "reader", "acme");
    server.access.allow(asked ->
        asked.user().name().equals("reader")
            && asked.resource().equals("pods")
            && asked.subresource().equals("proxy")
            && asked.verb().equals("get"));
    TestClient reader = client.as("reader");
    assertThat(reader.get(WEB + "/x").code()).isEqualTo(200);
    Answer refused = reader.post(WEB + "/x", "");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.at("message"))
        .isEqualTo(
            "pods \"web\" is forbidden: User \"reader\" cannot create resource \"pods/proxy\" in"
                + " API group \"\" in the namespace \"default\"");
  }

  @Test
  void nodesAnswerForThemselves() {
    String nodes = "/clusters/root/api/v1/nodes/";
    assertThat(client.get(nodes + "n1/proxy/healthz").text()).isEqualTo("ok");
    assertThat(client.get(nodes + "https:n1:10250/proxy/healthz").text()).isEqualTo("ok");
    Answer pods = client.get(nodes + "n1/proxy/pods");
    assertThat(pods.at("kind")).isEqualTo("PodList");
    assertThat(pods.text()).contains("\"name\":\"web\"");
    assertThat(client.get(nodes + "n1/proxy/stats/summary").text()).isEqualTo("{\"pods\":[]}");
    assertThat(client.get(nodes + "n1/proxy/metrics/other").code()).isEqualTo(404);
    assertThat(client.get("/clusters/acme/api/v1/nodes/n1/proxy/stats/summary").code())
        .isEqualTo(403);
    assertThat(client.get(nodes + "n2/proxy/healthz").code()).isEqualTo(503);
    assertThat(client.get(nodes + "n3/proxy/healthz").code()).isEqualTo(404);
    Answer tenant = client.get("/clusters/acme/api/v1/nodes/n1/proxy/pods");
    assertThat(tenant.code()).isEqualTo(403);
  }

  @Test
  void nodesShowTheirPagesToThePlatformAlone() {
    String proxy = "/api/v1/nodes/n1/proxy";
    for (String page :
        List.of(
            "/metrics",
            "/metrics/cadvisor",
            "/metrics/resource",
            "/metrics/probes",
            "/runningpods")) {
      Answer answer = client.get("/clusters/root" + proxy + page);
      assertThat(answer.text()).isEqualTo("page " + page);
      assertThat(client.get("/clusters/acme" + proxy + page).code()).isEqualTo(403);
    }
    assertThat(client.get("/clusters/root" + proxy + "/configz").text()).isEqualTo("page /configz");
    assertThat(client.get("/clusters/root" + proxy + "/healthz/syncloop").code()).isEqualTo(200);
    assertThat(client.get("/clusters/root" + proxy + "/exec/default/web/c").code()).isEqualTo(404);
  }

  @Test
  void podsOfANodeAreNamedWithTheirCluster() {
    String proxy = "/clusters/root/api/v1/nodes/n1/proxy";
    assertThat(client.get(proxy + "/containerLogs/default/web/c?cluster=acme").text())
        .isEqualTo("log of acme/web c");
    assertThat(client.get(proxy + "/containerLogs/default/web/c").code()).isEqualTo(404);
    assertThat(client.get(proxy + "/containerLogs/default/web").code()).isEqualTo(400);
    Answer made = client.post(proxy + "/checkpoint/default/web/c?cluster=acme", "");
    assertThat(made.text()).isEqualTo("acme/default/web/c");
    assertThat(client.post(proxy + "/checkpoint/default/web/c", "").code()).isEqualTo(404);
    assertThat(client.get(proxy + "/checkpoint/default/web/c?cluster=acme").code()).isEqualTo(405);
  }

  @Test
  void driversOfANodeAreAskedThroughItsProxy() throws Exception {
    String nodes = "/clusters/root/api/v1/nodes/n1/proxy/csi/v1";
    Answer list = client.get(nodes);
    assertThat(list.code()).isEqualTo(200);
    assertThat(list.text()).isEqualTo("{\"drivers\":[]}");
    Answer refused = client.post(nodes + "/disk.example.com/DeleteVolume", "{\"code\":\"X\"}");
    assertThat(refused.code()).isEqualTo(502);
    assertThat(refused.text()).isEqualTo("{\"code\":\"X\"}");
    assertThat(pods.requests)
        .contains(new StreamRequest.Drivers("/csi/v1/disk.example.com/DeleteVolume"));
    assertThat(client.post(nodes, "{}").code()).isEqualTo(405);
    assertThat(client.get(nodes + "/disk.example.com/DeleteVolume").code()).isEqualTo(405);
    assertThat(client.get(nodes.replace("root", "acme")).code()).isEqualTo(403);
    String large = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
    assertThat(client.post(nodes + "/disk.example.com/DeleteVolume", large).code()).isEqualTo(413);
  }
}
