package dev.argosy.agent.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestCertificates;
import dev.argosy.server.testing.TestServer;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an agent and a server agree on. */
@Timeout(60)
final class TunnelHandshakeTest {

  @Test
  void theCipherIsOneThatIsQuickForTheAgent(@TempDir Path folder) throws Exception {
    TestCertificates certificates = TestCertificates.in(folder);
    Map<String, String> settings =
        Map.of(
            "argosy.api.tls.certificate", certificates.serverCertificate().toString(),
            "argosy.api.tls.key", certificates.serverKey().toString(),
            "argosy.api.tls.client-ca", certificates.ca().toString());
    SSLContext tls = certificates.client("");
    try (TestServer server = TestServer.start(settings, parts -> {});
        Socket socket = new TunnelHandshake(() -> tls).connect(server.server.localUri())) {
      assertThat(((SSLSocket) socket).getSession().getCipherSuite())
          .isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    }
  }
}
