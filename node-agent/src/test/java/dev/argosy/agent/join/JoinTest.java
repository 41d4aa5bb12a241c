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
import dev.argosy.model.object.Json;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.pki.CertificateAuthority;
import dev.argosy.server.pki.LateNode;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Joining and renewing against a front with TLS and the signer of the platform. */
@Timeout(90)
final class JoinTest {

  private static final String TOKEN = "abcdef.0123456789abcdef";
  private static final ResourceScope NODES =
      ResourceScope.cluster(new GroupResource("", "nodes"), "root");

  @TempDir Path folder;
  private final Set<BigInteger> seen = new ConcurrentSkipListSet<>();
  private PkiFolder pki;
  private TestServer server;
  private @Nullable NodeCertificates signer;
  private Tls tls;
  private URI uri;

  @BeforeEach
  void serve() throws Exception {
    pki = new TestPki().write(Files.createDirectories(folder.resolve("pki")));
    TestCertificates serving =
        TestCertificates.in(Files.createDirectories(folder.resolve("serving")));
    server =
        TestServer.start(
            Map.of(
                "argosy.api.tls.certificate", serving.serverCertificate().toString(),
                "argosy.api.tls.key", serving.serverKey().toString(),
                "argosy.api.tls.client-ca", pki.caCertificateFile().toString()),
            parts -> parts.access(new Joining(), a -> Authorizer.Decision.allow("a test")));
    sign(Clock.systemUTC());
    tls = Tls.trusting(serving.ca());
    uri = server.server.localUri();
  }

  /** From now on certificates are signed by this clock. */
  private void sign(Clock clock) {
    if (signer != null) {
      signer.close();
    }
    signer = new NodeCertificates(server.admin(), CertificateAuthority.of(pki, clock), clock);
    signer.start();
  }

  @AfterEach
  void stop() {
    Objects.requireNonNull(signer).close();
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

  /** The certificate of a machine that joined so many days ago. */
  private NodeCertificate joined(int daysAgo) throws Exception {
    Clock then = Clock.offset(Clock.systemUTC(), Duration.ofDays(-daysAgo));
    sign(then);
    NodeCertificate certificate = credentials(then).obtain(TOKEN);
    sign(Clock.systemUTC());
    return certificate;
  }

  private void node() {
    ObjectNode node = Json.object();
    node.put("apiVersion", "v1").put("kind", "Node").putObject("metadata").put("name", "n1");
    server.admin().create(NODES, node).orThrow();
  }

  @Test
  void aNodeThatSleptForWeeksGetsItsNextCertificateByTheOneThatHasEnded() throws Exception {
    node();
    NodeCertificate ended = joined(100);
    assertThat(ended.notAfter()).isBefore(Instant.now());
    NodeCertificate next = credentials(Clock.systemUTC()).obtain("");
    assertThat(next.notAfter()).isAfter(Instant.now().plus(Duration.ofDays(80)));
    assertThat(serial(credentials(Clock.systemUTC()).obtain(""))).isEqualTo(serial(next));
  }

  @Test
  void oneThatRunsWhileItSleepsRenewsWhenItWakes() throws Exception {
    node();
    NodeCertificate ended = joined(100);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicReference<@Nullable NodeCertificate> renewed = new AtomicReference<>();
    try (HttpConnection connection = new HttpConnection(uri, tls.context(ended), "")) {
      Thread renewing =
          Thread.ofVirtual()
              .start(() ->
                  credentials(Clock.systemUTC())
                      .renewForEver(ended, connection, stopped, renewed::set));
      Eventually.holds(() -> renewed.get() != null);
      stopped.countDown();
      assertThat(renewing.join(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(Objects.requireNonNull(renewed.get()).notAfter()).isAfter(Instant.now());
  }

  @Test
  void aCertificateThatCannotBeKeptIsUsedAllTheSame() throws Exception {
    NodeCertificate first = credentials(Clock.systemUTC()).obtain(TOKEN);
    Path home = folder.resolve("agent");
    Files.move(home, folder.resolve("away"));
    Files.createFile(home);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicReference<@Nullable NodeCertificate> renewed = new AtomicReference<>();
    try (HttpConnection connection = new HttpConnection(uri, tls.context(first), "")) {
      Clock nearItsEnd = Clock.offset(Clock.systemUTC(), Duration.ofDays(80));
      Thread renewing =
          Thread.ofVirtual()
              .start(() ->
                  credentials(nearItsEnd).renewForEver(first, connection, stopped, renewed::set));
      Eventually.holds(() -> renewed.get() != null);
      stopped.countDown();
      assertThat(renewing.join(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(serial(Objects.requireNonNull(renewed.get()))).isNotEqualTo(serial(first));
  }

  @Test
  void aNodeThatWasDeletedMeanwhileJoinsAgainWithAToken() throws Exception {
    joined(100);
    assertThatThrownBy(() -> credentials(Clock.systemUTC()).obtain(""))
        .isInstanceOf(JoinFailure.class)
        .hasMessageContaining("the node was deleted")
        .hasMessageContaining("give a new join token");
    assertThat(credentials(Clock.systemUTC()).obtain(TOKEN).notAfter()).isAfter(Instant.now());
  }

  @Test
  void soDoesOneThatSleptForTooLong() throws Exception {
    node();
    joined(200);
    assertThatThrownBy(() -> credentials(Clock.systemUTC()).obtain(""))
        .isInstanceOf(JoinFailure.class)
        .hasMessageContaining("give a new join token");
    assertThat(credentials(Clock.systemUTC()).obtain(TOKEN).notAfter()).isAfter(Instant.now());
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
        X509Certificate shown = credentials.certificate().get();
        seen.add(shown.getSerialNumber());
        return LateNode.of(shown, Instant.now()).isPresent()
            ? known("system:node:n1", LateNode.GROUP)
            : known("system:node:n1", "system:nodes");
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
