package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Inviting a user of the platform's own Keycloak by their address, with kubectl. */
class InvitationTest {

  private static final String IN_ROOT = "--server=" + Target.apiUrl() + "/clusters/root";

  /** Of a path that is given whole, some versions of kubectl append it to the server's. */
  private static final String SERVER = "--server=" + Target.apiUrl();

  private static final String INVITATIONS =
      "/clusters/root/apis/tenancy.argosy.dev/v1/invitations/";

  private final Kubectl admin = Kubectl.newest("admin");
  private final Kubectl inviter = Kubectl.newest("acme");
  private final Kubectl invited = Kubectl.newest("globex");
  private final String name = "acme.invited-" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void remove() {
    String member =
        admin.tryRun("get", "invitation", name, "-o", "jsonpath={.status.member}").out().strip();
    if (!member.isEmpty()) {
      admin.run("delete", "member", member, "--ignore-not-found");
    }
    admin.run("delete", "invitation", name, "--ignore-not-found");
  }

  @Test
  void whoIsInvitedAccepts() {
    String invitation =
        """
        apiVersion: tenancy.argosy.dev/v1
        kind: Invitation
        metadata: {name: %s}
        spec: {tenant: acme, email: Dev@Globex.test, role: viewer}
        """
            .formatted(name);
    inviter.with(invitation, IN_ROOT, "create", "-f", "-").orFail();
    assertThat(invited.run(IN_ROOT, "get", "invitations")).contains(name, "Pending");
    Program.Result refused = accept(inviter);
    assertThat(refused.ok()).isFalse();
    assertThat(refused.err()).contains("cannot create resource \"invitations/accept\"");
    assertThat(accept(invited).orFail()).contains("Accepted");
    String acme = "--server=" + Target.apiUrl() + "/clusters/acme";
    Eventually.until(
        Duration.ofSeconds(30), () -> invited.tryRun(acme, "get", "pods").ok(), seen -> seen);
  }

  private Program.Result accept(Kubectl who) {
    String path = INVITATIONS + name + "/accept";
    return who.with("{}", SERVER, "create", "--raw", path, "-f", "-");
  }
}
