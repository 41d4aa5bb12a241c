package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestCertificates;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, client certificates, both versions of HTTP, many watches on one connection. */
class TlsFrontTest {

  @Test
  void certificatesAndTokensOnOnePort(@TempDir Path folder) throws Exception {
    TestCertificates certificates = TestCertificates.in(folder);
    Map<String, String> settings =
        Map.of(
            "argosy.api.tls.certificate", certificates.serverCertificate().toString(),
            "argosy.api.tls.key", certificates.serverKey().toString(),
            "argosy.api.tls.client-ca", certificates.ca().toString());
    try (TestServer server = TestServer.start(settings, parts -> {})) {
      server.access.allow(a -> a.user().name().equals("certified"));
      SSLContext with = certificates.client("certified");
      SSLContext without = certificates.client("");
      for (HttpClient.Version version : HttpClient.Version.values()) {
        if (version.name().equals("HTTP_3")) {
          continue;
        }
        var certified = client(server, with, version, "").get("/api/v1/namespaces");
        assertThat(certified.code()).as(certified.text()).isEqualTo(200);
        assertThat(certified.response().version()).isEqualTo(version);
        var token =
            client(server, without, version, FakeAccess.ADMIN_TOKEN).get("/api/v1/namespaces");
        assertThat(token.code()).isEqualTo(200);
        var anonymous = client(server, without, version, "").get("/api/v1/namespaces");
        assertThat(anonymous.code()).isEqualTo(403);
        tooLargeBodiesAreAnswered(server, without, version);
      }
      manyWatchesOnOneConnection(
          server, client(server, without, HttpClient.Version.HTTP_2, FakeAccess.ADMIN_TOKEN));
    }
  }

  private static void tooLargeBodiesAreAnswered(
      TestServer server, SSLContext tls, HttpClient.Version version) {
    String maps = "/clusters/acme/api/v1/namespaces/default/configmaps";
    byte[] large = new byte[4 * 1024 * 1024];
    var refused = client(server, tls, version, FakeAccess.ADMIN_TOKEN).send("POST", maps, large);
    assertThat(refused.code()).as(refused.text()).isEqualTo(413);
    assertThat(refused.at("reason")).isEqualTo("RequestEntityTooLarge");
    assertThat(client(server, tls, version, "").send("POST", maps, large).code()).isEqualTo(403);
  }

  private static TestClient client(
      TestServer server, SSLContext tls, HttpClient.Version version, String token) {
    HttpClient http = HttpClient.newBuilder().version(version).sslContext(tls).build();
    return new TestClient(http, server.server.localUri(), token);
  }

  private static void manyWatchesOnOneConnection(TestServer server, TestClient client) {
    String maps = "/clusters/acme/api/v1/namespaces/default/configmaps";
    var watches =
        java.util.stream.IntStream.range(0, 150)
            .mapToObj(i -> client.stream(maps + "?watch=1"))
            .toList();
    client.post(maps, "{\"metadata\":{\"name\":\"seen\"}}");
    for (var watch : watches) {
      assertThat(watch.nextShort()).isEqualTo("ADDED seen");
    }
    assertThat(client.get(maps + "/seen").code()).isEqualTo(200);
    watches.forEach(dev.argosy.server.testing.TestStream::close);
  }
}
