package dev.argosy.server.authn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.access.NodeIdentity;
import dev.argosy.server.access.ObjectsInMemory;
import dev.argosy.server.pki.LateNode;
import dev.argosy.server.pki.TestPki;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates of nodes that have ended, which on this authority they do with the year 2099. */
class LateNodeTest {

  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
  private static final String NODE = "O=system:nodes,CN=system:node:n1";

  private final TestPki pki = new TestPki();

  private static Authentication at(Instant now, X509Certificate certificate) throws Exception {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    try (FakeIssuer issuer = new FakeIssuer(clock)) {
      BearerTokens tokens =
          new BearerTokens(TestKeys.tokens(), issuer.settings(), new ObjectsInMemory(), clock);
      return new AuthenticationChain(tokens, user -> Optional.empty(), clock)
          .authenticate(
              new Credentials(Optional.empty(), Optional.of(certificate), Optional.empty()));
    }
  }

  @Test
  void aNodeIsLateForNinetyDays() throws Exception {
    X509Certificate certificate = pki.client(NODE, "");
    Instant last = END.plus(Duration.ofDays(90));
    assertThat(at(END.plusSeconds(1), certificate))
        .isInstanceOfSatisfying(
            Authentication.Known.class,
            known -> {
              UserInfo user = known.user();
              assertThat(user.name()).isEqualTo("system:node:n1");
              assertThat(user.groups()).isEqualTo(List.of(LateNode.GROUP, UserInfo.AUTHENTICATED));
              assertThat(NodeIdentity.agent(user)).isFalse();
              assertThat(ClusterScope.of(user)).contains("root");
            });
    assertThat(at(last, certificate)).isInstanceOf(Authentication.Known.class);
    assertThat(at(last.plusSeconds(1), certificate)).isInstanceOf(Authentication.Rejected.class);
  }

  @Test
  void beforeItsEndItIsTheNodeItself() throws Exception {
    assertThat(at(END.minusSeconds(1), pki.client(NODE, "")))
        .isInstanceOfSatisfying(
            Authentication.Known.class,
            known -> assertThat(NodeIdentity.of(known.user())).contains("n1"));
  }

  @Test
  void nobodyElseIsLate() throws Exception {
    for (String subject :
        List.of(
            "O=system:masters,CN=admin",
            "O=system:nodes,CN=n1",
            "O=system:nodes+O=system:masters,CN=system:node:n1",
            "CN=system:node:n1")) {
      assertThat(at(END.plusSeconds(1), pki.client(subject, "")))
          .as(subject)
          .isInstanceOf(Authentication.Rejected.class);
    }
    assertThat(at(END.plusSeconds(1), pki.client(NODE, "acme/uid-1")))
        .isInstanceOf(Authentication.Rejected.class);
  }
}
