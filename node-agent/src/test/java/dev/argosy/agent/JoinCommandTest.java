package dev.argosy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.pki.CertificateAuthority;
import dev.argosy.server.pki.NodeCertificates;
import dev.argosy.server.pki.PkiFolder;
import dev.argosy.server.pki.TestPki;
import dev.argosy.server.testing.TestCertificates;
import dev.argosy.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code argosy-agent join} against a front with TLS and the signer of the platform. */
@Timeout(60)
class JoinCommandTest {

  private static final String TOKEN = "abcdef.0123456789abcdef";

  @TempDir Path folder;
  private TestServer server;
  private NodeCertificates signer;
  private Path ca;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void serve() throws Exception {
    PkiFolder pki = new TestPki().write(Files.createDirectories(folder.resolve("pki")));
    TestCertificates serving =
        TestCertificates.in(Files.createDirectories(folder.resolve("serving")));
    ca = serving.ca();
    Path chain = folder.resolve("chain.crt");
    Files.writeString(chain, Files.readString(serving.serverCertificate()) + Files.readString(ca));
    server =
        TestServer.start(
            Map.of(
                "argosy.api.tls.certificate", chain.toString(),
                "argosy.api.tls.key", serving.serverKey().toString(),
                "argosy.api.tls.client-ca", pki.caCertificateFile().toString()),
            parts ->
                parts.access(JoinCommandTest::joining, a -> Authorizer.Decision.allow("a test")));
    signer =
        new NodeCertificates(
            server.admin(), CertificateAuthority.of(pki, Clock.systemUTC()), Clock.systemUTC());
    signer.start();
  }

  @AfterEach
  void stop() {
    signer.close();
    server.close();
  }

  private static Authentication joining(Credentials credentials) {
    return credentials.bearer().orElse("").equals(TOKEN)
        ? new Authentication.Known(
            new UserInfo("system:bootstrap:abcdef", "", List.of("system:bootstrappers"), Map.of()),
            Optional.of("root"))
        : new Authentication.Rejected("no such token");
  }

  private int join(String... arguments) {
    List<String> all = new ArrayList<>(List.of("join"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--config", folder.resolve("etc/agent.env").toString()));
    all.addAll(List.of("--data", folder.resolve("data").toString(), "--node", "N1"));
    return new CommandLine(new Main())
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private URI uri() {
    return server.server.localUri();
  }

  private String hash() throws Exception {
    var certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(ca)));
    byte[] key = certificate.getPublicKey().getEncoded();
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
  }

  @Test
  void aTokenAndTheAuthoritysHashAreEnough() throws Exception {
    assertThat(join("--server", uri().toString(), "--token", TOKEN, "--ca-hash", hash())).isZero();
    Path data = folder.resolve("data").toAbsolutePath();
    assertThat(data.resolve("pki/node.pem")).exists();
    assertThat(data.resolve("pki/ca.crt")).hasSameTextualContentAs(ca);
    assertThat(folder.resolve("etc/agent.env"))
        .content()
        .contains(
            "ARGOSY_SERVER=\"" + uri() + "\"\n",
            "ARGOSY_CA=\"" + data.resolve("pki/ca.crt") + "\"\n",
            "ARGOSY_NODE=\"n1\"\n",
            "ARGOSY_DATA=\"" + data + "\"\n")
        .doesNotContain(TOKEN);
  }

  @Test
  void anotherAuthorityIsNotBelieved() throws Exception {
    String other = "sha256:" + "0".repeat(64);
    assertThat(join("--server", uri().toString(), "--token", TOKEN, "--ca-hash", other))
        .isEqualTo(3);
    assertThat(folder.resolve("data/pki")).doesNotExist();
    assertThat(folder.resolve("etc")).doesNotExist();
  }

  @Test
  void aTokenThatIsRefusedLeavesEverythingAsItWas() throws Exception {
    Path before = Files.createDirectories(folder.resolve("data/pki")).resolve("ca.crt");
    Files.writeString(before, "another platform's");
    String wrong = "abcdef.ffffffffffffffff";
    assertThat(join("--server", uri().toString(), "--token", wrong, "--ca-hash", hash()))
        .isEqualTo(3);
    assertThat(folder.resolve("etc")).doesNotExist();
    assertThat(before).hasContent("another platform's");
  }

  @Test
  void aMachineThatJoinsAgainGetsAnotherCertificate() throws Exception {
    Path certificate = folder.resolve("data/pki/node.pem");
    assertThat(join("--server", uri().toString(), "--token", TOKEN, "--ca-hash", hash())).isZero();
    String first = Files.readString(certificate);
    Path config = folder.resolve("etc/agent.env");
    String settings = Files.readString(config);
    Files.writeString(config, settings + "ARGOSY_MTU=1300\n");
    String wrong = "abcdef.ffffffffffffffff";
    assertThat(join("--server", uri().toString(), "--token", wrong, "--ca-hash", hash()))
        .isEqualTo(3);
    assertThat(certificate).hasContent(first);
    assertThat(join("--server", uri().toString(), "--token", TOKEN, "--ca-hash", hash())).isZero();
    assertThat(Files.readString(certificate)).isNotEqualTo(first);
    assertThat(config).hasContent(settings + "ARGOSY_MTU=1300\n");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(join("--token", TOKEN)).isEqualTo(2);
    assertThat(err.toString()).contains("Missing: --server");
    assertThat(join("--server", "10.0.0.1:6443", "--token", TOKEN)).isEqualTo(2);
    assertThat(err.toString()).contains("--server is https://HOST:6443");
    assertThat(join("--server", uri().toString())).isEqualTo(2);
    assertThat(err.toString()).contains("Missing: --token");
    assertThat(join("--server", uri().toString(), "--token", TOKEN)).isEqualTo(2);
    assertThat(err.toString()).contains("Missing: --ca FILE");
    assertThat(join("--server", uri().toString(), "--token", TOKEN, "--ca-hash", "abc"))
        .isEqualTo(3);
  }
}
