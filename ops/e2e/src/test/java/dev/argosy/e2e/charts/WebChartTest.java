package dev.argosy.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Program;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart of a web front, through the life of a release. */
class WebChartTest {

  private static final String[] KINDS = {
    "deployment",
    "service",
    "ingress",
    "horizontalpodautoscaler",
    "configmap",
    "secret",
    "serviceaccount",
    "networkpolicy",
    "poddisruptionbudget"
  };

  private final Steps steps =
      new Steps("Helm: a web front")
          .then("lint and dry run on the server", WebChartTest::dryRuns)
          .then("install and wait", WebChartTest::installs)
          .then("run the chart's tests", WebChartTest::tests)
          .then("upgrade and wait", WebChartTest::upgrades)
          .then("take a failed upgrade back", WebChartTest::takesBack)
          .then("tell the history and roll back", WebChartTest::rollsBack)
          .then("uninstall", WebChartTest::uninstalls);

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"3", "4"})
  void livesThroughItsReleases(String helm) throws Exception {
    steps.run(helm);
  }

  private static void dryRuns(Helm helm) {
    assertThat(helm.run("lint", Helm.chart("web"))).contains("0 chart(s) failed");
    assertThat(helm.run("install", "front", Helm.chart("web"), "--dry-run=server"))
        .contains("kind: PodDisruptionBudget", "Hello from front-web");
    assertThat(helm.run("list", "-q")).isEmpty();
  }

  private static void installs(Helm helm) {
    helm.run("install", "front", Helm.chart("web"), "--wait", "--timeout=180s");
    assertThat(helm.run("status", "front")).contains("STATUS: deployed");
    assertThat(helm.run("get", "manifest", "front")).contains("kind: NetworkPolicy");
    for (String kind : KINDS) {
      assertThat(helm.space().run("get", kind, "front-web", "-o", "name")).contains("front-web");
    }
    assertThat(helm.space().run("get", "deployment", "front-web")).contains("1/1");
  }

  private static void tests(Helm helm) {
    assertThat(helm.run("test", "front", "--timeout=120s")).contains("Succeeded");
  }

  private static void upgrades(Helm helm) {
    helm.run(
        "upgrade",
        "--install",
        "front",
        Helm.chart("web"),
        "--set",
        "greeting=Good day,ingress.enabled=false",
        "--wait",
        "--timeout=180s");
    assertThat(greeting(helm)).isEqualTo("Good day");
    assertThat(helm.space().run("get", "ingress", "-o", "name")).isEmpty();
    assertThat(helm.run("get", "values", "front")).contains("greeting: Good day");
  }

  private static void takesBack(Helm helm) {
    Program.Result failed =
        helm.tryRun(
            "upgrade",
            "front",
            Helm.chart("web"),
            "--set",
            "greeting=Never,ready=false",
            "--wait",
            helm.takingBack(),
            "--timeout=25s");
    assertThat(failed.exit()).isNotZero();
    assertThat(greeting(helm)).isEqualTo("Good day");
    assertThat(helm.run("status", "front")).contains("STATUS: deployed");
  }

  private static void rollsBack(Helm helm) {
    assertThat(helm.run("history", "front")).contains("superseded", "failed", "deployed");
    helm.run("rollback", "front", "1", "--wait", "--timeout=180s");
    assertThat(greeting(helm)).isEqualTo("Hello");
    assertThat(helm.space().run("get", "ingress", "front-web", "-o", "name")).isNotEmpty();
  }

  private static void uninstalls(Helm helm) {
    helm.run("uninstall", "front", "--wait", "--timeout=120s");
    assertThat(helm.tryRun("status", "front").err()).contains("not found");
    for (String kind : KINDS) {
      assertThat(helm.space().run("get", kind, "-o", "name")).doesNotContain("front-web");
    }
  }

  private static String greeting(Helm helm) {
    return helm.space().run("get", "configmap", "front-web", "-o", "jsonpath={.data.index\\.html}");
  }
}
