package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A new tenant's pods are kept from their nodes, until the platform's administrator says else. */
class TenantPodSecurityTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: mighty, namespace: default}
      spec: {hostNetwork: true, containers: [{name: main, image: "argosy/demo:1"}]}
      """;

  private final Kubectl admin = Kubectl.newest("admin");
  private final String name = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
  private final String server = "--server=" + Target.apiUrl() + "/clusters/" + name;

  private Program.Result tried() {
    return admin.with(POD, server, "create", "--dry-run=server", "-f", "-");
  }

  @Test
  void isRaisedByThePlatformOnly() {
    String tenant =
        "{apiVersion: tenancy.argosy.dev/v1, kind: Tenant, metadata: {name: " + name + "}}";
    admin.with(tenant, "apply", "-f", "-").orFail();
    try {
      admin.run("wait", "tenant", name, "--for=jsonpath={.status.phase}=Active", "--timeout=120s");
      assertThat(admin.run("get", "tenant", name, "-o", "wide")).contains("baseline");
      Eventually.until(SOON, this::tried, result -> result.err().contains("violates PodSecurity"));
      admin.run(
          server, "label", "namespace", "default", "pod-security.kubernetes.io/enforce=privileged");
      assertThat(tried().err()).contains("hostNetwork=true", "spec.podSecurity of the Tenant");
      String raised = "{\"spec\":{\"podSecurity\":{\"enforce\":\"privileged\"}}}";
      admin.run("patch", "tenant", name, "--type=merge", "-p", raised);
      Eventually.until(SOON, this::tried, Program.Result::ok);
    } finally {
      admin.run("delete", "tenant", name, "--wait=false");
    }
  }
}
