package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tenant's administrator makes a role and a member with kubectl. */
class TenantRoleTest {

  private static final String IN_ROOT = "--server=" + Target.apiUrl() + "/clusters/root";

  private final Kubectl user = Kubectl.newest("acme");
  private final String role = "acme.e2e-" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void remove() {
    user.run(IN_ROOT, "delete", "member", role, "--ignore-not-found");
    user.run(IN_ROOT, "delete", "tenantrole", role, "--ignore-not-found");
  }

  @Test
  void isMadeGivenAndNotDeletedWhileInUse() {
    String both =
        """
        apiVersion: tenancy.argosy.dev/v1
        kind: TenantRole
        metadata: {name: %1$s}
        spec:
          tenant: acme
          rules: [{verbs: [get, list], apiGroups: [''], resources: [configmaps]}]
        ---
        apiVersion: tenancy.argosy.dev/v1
        kind: Member
        metadata: {name: %1$s}
        spec: {tenant: acme, role: %1$s, subject: {kind: User, name: %1$s}}
        """
            .formatted(role);
    assertThat(user.with(both, IN_ROOT, "apply", "-f", "-").orFail()).contains("created");
    assertThat(user.with(both, IN_ROOT, "apply", "-f", "-").orFail()).contains("unchanged");
    assertThat(user.run(IN_ROOT, "get", "tenantroles")).contains(role, "acme");
    assertThat(user.run(IN_ROOT, "get", "members")).contains(role).doesNotContain("globex");
    assertThat(user.run("auth", "can-i", "list", "configmaps", "--as", role)).contains("yes");
    assertThat(user.tryRun("auth", "can-i", "list", "secrets", "--as", role).ok()).isFalse();
    assertThat(user.tryRun(IN_ROOT, "delete", "tenantrole", role).ok()).isFalse();
    user.run(IN_ROOT, "delete", "member", role);
    user.run(IN_ROOT, "delete", "tenantrole", role);
    String others = both.replace("acme", "globex");
    assertThat(user.with(others, IN_ROOT, "apply", "-f", "-").ok()).isFalse();
  }
}
