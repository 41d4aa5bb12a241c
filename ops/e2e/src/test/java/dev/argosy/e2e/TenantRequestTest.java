package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asking for a tenant with kubectl, as a member of another one. */
class TenantRequestTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String IN_ROOT = "--server=" + Target.apiUrl() + "/clusters/root";

  private final Kubectl admin = Kubectl.newest("admin");
  private final Kubectl user = Kubectl.newest("acme");
  private final String name = "asked-" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void remove() {
    admin.run("delete", "tenantrequest", name, "--ignore-not-found");
    admin.run("delete", "tenant", name, "--ignore-not-found", "--grace-period=0", "--wait=false");
  }

  @Test
  void isAskedForApprovedAndMade() {
    String request =
        """
        apiVersion: tenancy.argosy.dev/v1
        kind: TenantRequest
        metadata: {name: %1$s}
        spec: {name: %1$s, reason: to try it}
        """
            .formatted(name);
    assertThat(user.with(request, IN_ROOT, "create", "-f", "-").orFail()).contains("created");
    assertThat(user.run(IN_ROOT, "get", "tenantrequests")).contains(name, "Pending");
    String decision =
        """
        {"apiVersion":"tenancy.argosy.dev/v1","kind":"TenantDecision","spec":{"decision":"Approved"}}
        """;
    String approval = "/apis/tenancy.argosy.dev/v1/tenantrequests/" + name + "/approval";
    assertThat(
            user.with(decision, IN_ROOT, "create", "--raw", "/clusters/root" + approval, "-f", "-")
                .ok())
        .isFalse();
    admin.with(decision, "create", "--raw", approval, "-f", "-").orFail();
    user.run(IN_ROOT, "wait", "tenantrequest", name, "--for=condition=Created", "--timeout=60s");
    String own = "--server=" + Target.apiUrl() + "/clusters/" + name;
    Eventually.until(
        SOON, () -> user.tryRun(own, "create", "namespace", "team").ok(), made -> made);
  }
}
