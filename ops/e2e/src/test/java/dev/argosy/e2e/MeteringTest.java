package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tenants are allocated, as they see it. */
class MeteringTest {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final List<Tenant> TENANTS = Tenant.both();
  private static Space space;

  @BeforeAll
  static void enter() {
    Tenant acme = TENANTS.getFirst();
    space = new Space(Kubectl.of("1.35", acme.kubeconfig()), acme.newNamespace());
  }

  @AfterAll
  static void leave() {
    space.close();
  }

  private static String csv(Kubectl kubectl) {
    return kubectl.run("get", "--raw", "/usage?by=namespace&format=csv");
  }

  @Test
  void aRunningPodCountsForItsTenantAlone() {
    String claim =
        """
        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
         "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}
        """;
    space.apply(claim);
    String pod =
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "metered"}, "spec": {
         "volumes": [{"name": "d", "persistentVolumeClaim": {"claimName": "data"}}],
         "containers": [{"name": "c", "image": "argosy/demo:1", "command": ["sleep", "600"],
          "volumeMounts": [{"name": "d", "mountPath": "/d"}],
          "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}}}]}}
        """;
    space.apply(pod);
    String usage =
        Eventually.until(
            SOON,
            () -> csv(space.kubectl()),
            text ->
                text.contains("," + space.name() + ",cpu,core-seconds,")
                    && text.contains("," + space.name() + ",storage,byte-seconds,"));
    assertThat(usage.lines().findFirst().orElse(""))
        .isEqualTo("from,namespace,resource,unit,allocated,used");
    assertThat(csv(Kubectl.of("1.35", TENANTS.getLast().kubeconfig())))
        .doesNotContain(space.name());
  }
}
