package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tenant may have over all its namespaces, as its administrators meet it with kubectl. */
class TenantQuotaTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final Kubectl admin = Kubectl.newest("admin");
  private final String bound = "bound-" + UUID.randomUUID().toString().substring(0, 8);
  private final String free = "free-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void makeTenants() {
    for (String name : List.of(bound, free)) {
      apply(
          """
          apiVersion: tenancy.argosy.dev/v1
          kind: Tenant
          metadata: {name: %s}
          spec: {displayName: Quota}
          """
              .formatted(name));
      Eventually.until(SOON, () -> in(name, "create", "namespace", "team").ok(), made -> made);
    }
  }

  @AfterEach
  void removeTenants() {
    for (String name : List.of(bound, free)) { // one may stand below the other
      admin.run("delete", "tenant", name, "--grace-period=0", "--timeout=60s");
    }
  }

  @Test
  void keepsWhatIsGuaranteedBelowAParent() {
    String parent = "{\"spec\":{\"parent\":\"" + free + "\"}}";
    admin.run("patch", "tenant", bound, "--type=merge", "-p", parent);
    quota(free, "hard: {count/secrets: 3}");
    assertThat(secret(bound, "team", "first").ok()).isTrue();
    Eventually.until(SOON, () -> used(free), "1"::equals);
    quota(bound, "hard: {count/secrets: 3}, guaranteed: {count/secrets: 2}");
    Eventually.until(
        SOON,
        () -> admin.run("get", "tenantquota", bound, "-o", "wide"),
        wide -> wide.contains("GUARANTEED") && wide.contains("count/secrets: 2"));
    assertThat(secret(free, "team", "a").ok()).isTrue();
    assertThat(secret(free, "team", "b").err()).contains("exceeded quota: " + free);
    assertThat(secret(bound, "team", "second").ok()).as("it was kept").isTrue();
    assertThat(secret(bound, "team", "third").err()).contains("exceeded quota: " + free);
  }

  @Test
  void keepsAPartForImportantPods() {
    quota(bound, "hard: {pods: 2}, bands: [{name: vital, minPriority: 10, kept: {pods: 1}}]");
    assertThat(in(bound, "create", "priorityclass", "vital", "--value=10").ok()).isTrue();
    Eventually.until(SOON, () -> pod(bound, "usual", "").ok(), made -> made);
    assertThat(pod(bound, "more", "").err())
        .contains("exceeded quota: " + bound, "the rest is kept for vital");
    assertThat(pod(bound, "important", "vital").ok()).isTrue();
    Eventually.until(
        SOON,
        () -> admin.run("get", "tenantquota", bound, "-o", "wide"),
        wide -> wide.contains("below vital: pods: 1/1"));
    assertThat(admin.run("describe", "tenantquota", bound)).contains("Min Priority:", "10");
  }

  @Test
  void letsPodsWaitForRoom() {
    quota(bound, "hard: {pods: 1}, whenExceeded: Queue");
    Eventually.until(SOON, () -> pod(bound, "first", "").ok(), made -> made);
    assertThat(pod(bound, "second", "").ok()).isTrue();
    assertThat(in(bound, "get", "pods", "-n", "team").out()).contains("SchedulingGated");
    assertThat(in(bound, "describe", "pod", "second", "-n", "team").out())
        .contains("waits for room in quota " + bound + ", at place 1");
    String gates = "[{\"op\":\"remove\",\"path\":\"/spec/schedulingGates\"}]";
    assertThat(in(bound, "patch", "pod", "second", "-n", "team", "--type=json", "-p", gates).err())
        .contains("spec.schedulingGates: Forbidden");
    assertThat(in(bound, "delete", "pod", "first", "-n", "team", "--now").ok()).isTrue();
    Eventually.until(
        SOON,
        () -> in(bound, "get", "pod", "second", "-n", "team").out(),
        shown -> !shown.contains("SchedulingGated"));
  }

  private Program.Result pod(String tenant, String name, String priority) {
    String named = "{\"spec\":{\"priorityClassName\":\"" + priority + "\"}}";
    return in(tenant, "run", name, "-n", "team", "--image=argosy/demo:1", "--overrides=" + named);
  }

  private void quota(String tenant, String spec) {
    apply(
        """
        apiVersion: tenancy.argosy.dev/v1
        kind: TenantQuota
        metadata: {name: %1$s}
        spec: {tenant: %1$s, %2$s}
        """
            .formatted(tenant, spec));
  }

  @Test
  void countsOverAllNamespacesOfOneTenant() {
    apply(
        """
        apiVersion: tenancy.argosy.dev/v1
        kind: TenantQuota
        metadata: {name: %1$s}
        spec:
          tenant: %1$s
          hard: {count/secrets: "2"}
        """
            .formatted(bound));
    assertThat(secret(bound, "default", "a").ok()).isTrue();
    assertThat(secret(bound, "team", "b").ok()).isTrue();
    assertThat(secret(bound, "team", "c").err())
        .contains("exceeded quota: " + bound, "requested: count/secrets=1", "limited:");
    for (String name : List.of("a", "b", "c")) {
      assertThat(secret(free, "team", name).ok()).isTrue();
    }

    Eventually.until(SOON, () -> used(bound), "2"::equals);
    assertThat(in(bound, "delete", "secret", "a").ok()).isTrue();
    Eventually.until(SOON, () -> used(bound), "1"::equals);
    assertThat(secret(bound, "team", "c").ok()).isTrue();
    assertThat(admin.run("get", "tenantquotas")).contains(bound);
  }

  @Test
  void boundsWhatATenantTakesUpInEtcd() {
    String quota = free + ".etcd";
    assertThat(admin.run("get", "tenantquota", quota, "-o", "jsonpath={.spec.hard}"))
        .contains("etcd.argosy.dev/objects", "etcd.argosy.dev/bytes");
    objects(quota, "1");
    assertThat(secret(free, "team", "a").err()).contains("exceeded quota: " + quota);
    assertThat(in(free, "delete", "namespace", "team").ok()).isTrue();
    objects(quota, "1k");
    assertThat(secret(free, "default", "a").ok()).isTrue();
    assertThat(secret(bound, "team", "a").ok()).isTrue();
  }

  private void objects(String quota, String most) {
    String patch = "{\"spec\":{\"hard\":{\"etcd.argosy.dev/objects\":\"" + most + "\"}}}";
    admin.run("patch", "tenantquota", quota, "--type=merge", "-p", patch);
  }

  private String used(String quota) {
    return admin.run("get", "tenantquota", quota, "-o", "jsonpath={.status.used['count/secrets']}");
  }

  private Program.Result secret(String tenant, String namespace, String name) {
    return in(tenant, "create", "secret", "generic", name, "--namespace", namespace);
  }

  private Program.Result in(String tenant, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "--server=" + Target.apiUrl() + "/clusters/" + tenant;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return admin.tryRun(all);
  }

  private void apply(String yaml) {
    admin.with(yaml, "apply", "-f", "-").orFail();
  }
}
