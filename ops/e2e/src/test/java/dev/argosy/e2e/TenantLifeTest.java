package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tenant that is suspended, resumed, deleted and restored, with its pods, by kubectl. */
class TenantLifeTest {

  private static final Duration SOON = Duration.ofSeconds(120);

  private final Kubectl admin = Kubectl.newest("admin");
  private final String name = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
  private final String server = "--server=" + Target.apiUrl() + "/clusters/" + name;

  private String inside(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = server;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return admin.run(all);
  }

  private void tenant(String patch) {
    admin.run("patch", "tenant", name, "--type=merge", "-p", patch);
  }

  private void waitFor(String what) {
    admin.run("wait", "tenant", name, "--for=" + what, "--timeout=120s");
  }

  private String phases() {
    return inside("get", "pods", "-o", "jsonpath={.items[*].status.phase}");
  }

  @Test
  void stopsAndComesBackWithItsPods() {
    admin
        .with(
            """
            apiVersion: tenancy.argosy.dev/v1
            kind: Tenant
            metadata: {name: %s}
            spec: {deletionGracePeriodSeconds: 600}
            """
                .formatted(name),
            "apply",
            "-f",
            "-")
        .orFail();
    try {
      waitFor("jsonpath={.status.phase}=Active");
      Eventually.until(
          SOON,
          () -> admin.tryRun(server, "get", "serviceaccount", "default").ok(),
          found -> found);
      inside("create", "deployment", "web", "--image=argosy/demo:1");
      inside("run", "bare", "--image=argosy/demo:1");
      Eventually.until(SOON, this::phases, "Running Running"::equals);

      tenant("{\"spec\":{\"suspended\":true}}");
      waitFor("condition=Suspended");
      assertThat(phases()).isEqualTo("Pending");
      assertThat(inside("describe", "pods")).contains("tenant " + name + " is suspended");
      assertThat(admin.run("get", "tenant", name)).contains("Suspended");

      tenant("{\"spec\":{\"suspended\":false}}");
      Eventually.until(SOON, this::phases, "Running Running"::equals);

      admin.run("delete", "tenant", name, "--wait=false");
      waitFor("condition=Suspended");
      assertThat(admin.run("get", "tenant", name)).contains("DeletionRequested");
      admin
          .with(
              "{\"apiVersion\":\"tenancy.argosy.dev/v1\",\"kind\":\"TenantRestore\"}",
              "create",
              "--raw",
              "/apis/tenancy.argosy.dev/v1/tenants/" + name + "/restore",
              "-f",
              "-")
          .orFail();
      Eventually.until(SOON, this::phases, "Running Running"::equals);
    } finally {
      admin.run("delete", "tenant", name, "--grace-period=0", "--force", "--wait=false");
    }
    Eventually.until(
        SOON, () -> admin.tryRun("get", "tenant", name).all(), all -> all.contains("NotFound"));
  }
}
