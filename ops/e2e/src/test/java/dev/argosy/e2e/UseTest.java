package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a busy pod really uses, as its tenant sees it: at once, in what is metered, and in what a
 * HorizontalPodAutoscaler does about it.
 */
class UseTest {

  private static final Duration SOON = Duration.ofSeconds(120);
  private static final Pattern TOP = Pattern.compile("busy\\s+(\\d+)m\\s+(\\d+)Mi");
  private static final List<Tenant> TENANTS = Tenant.both();
  private static Space space;

  @BeforeAll
  static void enter() {
    Tenant acme = TENANTS.getFirst();
    space = new Space(Kubectl.of("1.35", acme.kubeconfig()), acme.newNamespace());
    String pod =
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "busy", "labels": {"app": "busy"}}, "spec": {
         "containers": [{"name": "c", "image": "argosy/demo:1",
          "command": ["sh", "-c", "httpd -p 8080 -h /www; while :; do :; done"],
          "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"cpu": "200m"}}}]}}
        """;
    space.apply(pod);
    space.waitRunning("busy");
  }

  @AfterAll
  static void leave() {
    space.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void topShowsABusyPod() {
    for (String version : Kubectl.versions()) {
      Kubectl kubectl = Kubectl.of(version, TENANTS.getFirst().kubeconfig());
      String top =
          Eventually.until(
              SOON,
              () -> kubectl.tryRun("top", "pods", "-n", space.name(), "-l", "app=busy").all(),
              text -> millicores(text) >= 50);
      assertThat(millicores(top)).as(top).isLessThan(400);
      assertThat(kubectl.run("top", "pods", "-n", space.name(), "--containers"))
          .containsPattern("busy\\s+c\\s+");
      assertThat(kubectl.run("top", "nodes")).containsPattern("CPU\\(?%");
    }
    Kubectl other = Kubectl.of("1.35", TENANTS.getLast().kubeconfig());
    assertThat(other.tryRun("top", "pods", "-A").all()).doesNotContain("busy ");
  }

  private static int millicores(String top) {
    Matcher line = TOP.matcher(top);
    return line.find() ? Integer.parseInt(line.group(1)) : 0;
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aDeploymentGrowsWithItsUse() {
    space.apply(
        """
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "grown"}, "spec": {
         "selector": {"matchLabels": {"app": "grown"}},
         "template": {"metadata": {"labels": {"app": "grown"}}, "spec": {
          "terminationGracePeriodSeconds": 1,
          "containers": [{"name": "c", "image": "argosy/demo:1", "command": ["sh", "-c", "while :; do :; done"],
           "resources": {"requests": {"cpu": "20m"}, "limits": {"cpu": "100m"}}}]}}}}
        """);
    space.run("autoscale", "deployment", "grown", "--min=1", "--max=2", "--cpu-percent=50");
    Eventually.until(
        SOON,
        () -> space.run("get", "deployment", "grown", "-o", "jsonpath={.status.readyReplicas}"),
        "2"::equals);
    assertThat(space.run("describe", "hpa", "grown"))
        .contains("SuccessfulRescale", "ScalingLimited  True", "TooManyReplicas");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whatGoesThroughTheNetworkIsMetered() {
    // answered or not, it goes out; what comes through a proxy comes by the pod's loopback
    space.tryRun("exec", "busy", "--", "ping", "-c", "3", "-W", "1", "10.96.0.1");
    String usage =
        Eventually.until(
            SOON,
            () -> space.kubectl().run("get", "--raw", "/usage?by=namespace&format=csv"),
            text ->
                used(text, "network.out", "bytes") > 0 && used(text, "cpu", "core-seconds") > 1);
    assertThat(used(usage, "network.in", "bytes")).as(usage).isPositive();
    assertThat(used(usage, "memory", "byte-seconds")).as(usage).isPositive();
  }

  private static double used(String csv, String resource, String unit) {
    String begin = "," + space.name() + "," + resource + "," + unit + ",";
    for (String line : csv.lines().toList()) {
      if (line.contains(begin)) {
        String last = line.substring(line.lastIndexOf(',') + 1);
        return last.isEmpty() ? 0 : Double.parseDouble(last);
      }
    }
    return 0;
  }
}
