package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens for programs, as people make, use and revoke them with kubectl. */
class AccessTokenTest {

  static Stream<Kubectl> clients() {
    return Kubectl.oldestAndNewest();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aProgramReadsUntilItsTokenIsRevoked(Kubectl kubectl) {
    String name = "ci-" + UUID.randomUUID().toString().substring(0, 8);
    String manifest =
        """
        apiVersion: access.argosy.dev/v1
        kind: AccessToken
        metadata: {name: %s}
        spec:
          description: of the nightly build
          expiresAt: %s
          scope: {readOnly: true}
        """
            .formatted(name, Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS));
    String token =
        kubectl
            .with(manifest, "create", "-f", "-", "-o", "jsonpath={.status.token}")
            .orFail()
            .strip();
    assertThat(token).matches("argosy_pat_[0-9A-Za-z]{65}");
    assertThat(kubectl.run("get", "accesstokens")).contains(name, "User/acme-dev");
    assertThat(kubectl.run("get", "accesstoken", name, "-o", "yaml")).doesNotContain(token);

    assertThat(by(kubectl, token, "get", "pods").ok()).isTrue();
    assertThat(by(kubectl, token, "create", "configmap", name).err())
        .contains("the scope of the access token does not include it");
    assertThat(by(kubectl, token, "auth", "can-i", "delete", "pods").out()).contains("no");

    kubectl.run("delete", "accesstoken", name);
    assertThat(by(kubectl, token, "get", "pods").err()).contains("Unauthorized");
  }

  /** With nothing but the token. */
  private static Program.Result by(Kubectl kubectl, String token, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "--kubeconfig=/dev/null";
    all[1] = "--server=" + Target.apiUrl();
    all[2] = "--certificate-authority=" + Target.ca();
    all[3] = "--token=" + token;
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return kubectl.tryRun(all);
  }
}
