package dev.argosy.agent.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.api.HttpApiClient;
import dev.argosy.agent.api.HttpConnection;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
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
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Joining and renewing against a front with TLS and the signer of the platform. */
@Timeout(90)
final class JoinTest {

  private static final String TOKEN = "abcdef.0123456789abcdef";
  private static final ResourceScope NODES =
      ResourceScope.cluster(new GroupResource("", "nodes"), "root");

  @TempDir Path folder;
  private final Set<BigInteger> seen = new ConcurrentSkipListSet<>();
  private TestServer server;
  private NodeCertificates signer;
  private Tls tls;
  private URI uri;

  @BeforeEach
  void serve() throws Exception {
    PkiFolder pki = new TestPki().write(Files.createDirectories(folder.resolve("pki")));
    TestCertificates serving =
        TestCertificates.in(Files.createDirectories(folder.resolve("serving")));
    server =
        TestServer.start(
            Map.of(
                "argosy.api.tls.certificate", serving.serverCertificate().toString(),
                "argosy.api.tls.key", serving.serverKey().toString(),
                "argosy.api.tls.client-ca", pki.caCertificateFile().toString()),
            parts -> parts.access(new Joining(), a -> Authorizer.Decision.allow("a test")));
    signer =
        new NodeCertificates(
            server.admin(), CertificateAuthority.of(pki, Clock.systemUTC()), Clock.systemUTC());
    signer.start();
    tls = Tls.trusting(serving.ca());
    uri = server.server.localUri();
  }

  @AfterEach
  void stop() {
    signer.close();
    server.close();
  }

  private NodeCredentials credentials(Clock clock) {
    return new NodeCredentials(uri, tls, folder.resolve("agent"), "n1", clock);
  }

  @Test
  void aMachineJoinsOnceAndKeepsItsCertificateToItself() throws Exception {
    NodeCredentials credentials = credentials(Clock.systemUTC());
    NodeCertificate certificate = credentials.obtain(TOKEN);
    X509Certificate leaf = certificate.chain().getFirst();
    assertThat(leaf.getSubjectX500Principal().getName()).contains("CN=system:node:n1");
    Path file = folder.resolve("agent").resolve("node.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(credentials.obtain("").chain()).isEqualTo(certificate.chain());
  }

  @Test
  void withoutATokenOrWithAWrongOneItIsToldWhatToDo() {
    NodeCredentials credentials = credentials(Clock.systemUTC());
    assertThatThrownBy(() -> credentials.obtain(""))
        .isInstanceOf(JoinFailure.class)
        .hasMessageContaining("give a join token");
    assertThatThrownBy(() -> credentials.obtain("wrong.token"))
        .isInstanceOf(JoinFailure.class)
        .hasMessageContaining("refused");
  }

  @Test
  void aCertificateIsRenewedInTimeAndTheConnectionShowsTheNewOne() throws Exception {
    NodeCertificate first = credentials(Clock.systemUTC()).obtain(TOKEN);
    Clock nearItsEnd = Clock.offset(Clock.systemUTC(), Duration.ofDays(80));
    CountDownLatch stopped = new CountDownLatch(1);
    try (HttpConnection connection = new HttpConnection(uri, tls.context(first), "")) {
      list(connection);
      assertThat(seen).containsExactly(serial(first));
      Thread renewing =
          Thread.ofVirtual()
              .start(() ->
                  credentials(nearItsEnd)
                      .renewForEver(
                          first,
                          connection,
                          stopped,
                          next -> connection.replaceCredentials(tls.context(next))));
      Eventually.holds(() -> {
        list(connection);
        return seen.size() > 1;
      });
      stopped.countDown();
      assertThat(renewing.join(Duration.ofSeconds(20))).isTrue();
    }
    NodeCertificate kept = credentials(Clock.systemUTC()).obtain("");
    assertThat(serial(kept)).isNotEqualTo(serial(first));
    try (HttpConnection again = new HttpConnection(uri, tls.context(kept), "")) {
      list(again);
      assertThat(seen).contains(serial(kept));
    }
  }

  private static void list(HttpConnection connection) {
    new HttpApiClient(connection).list(NODES, ListOptions.EVERYTHING);
  }

  private static BigInteger serial(NodeCertificate certificate) {
    return certificate.chain().getFirst().getSerialNumber();
  }

  /** Knows the join token and the nodes' certificates, and remembers these. */
  private final class Joining implements Authenticator {
    @Override
    public Authentication authenticate(Credentials credentials) {
      if (credentials.certificate().isPresent()) {
        seen.add(credentials.certificate().get().getSerialNumber());
        return known("system:node:n1", "system:nodes");
      }
      return switch (credentials.bearer().orElse("")) {
        case TOKEN -> known("system:bootstrap:abcdef", "system:bootstrappers");
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
