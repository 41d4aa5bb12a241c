package dev.argosy.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chart of a store whose members have volumes; a job asks it before a release counts as done.
 */
class StoreChartTest {

  private final Steps steps =
      new Steps("Helm: a store with volumes")
          .then("install and wait for members and hooks", StoreChartTest::installs)
          .then("upgrade to more members", StoreChartTest::grows)
          .then("uninstall and keep the claims", StoreChartTest::uninstalls);

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"3", "4"})
  void livesThroughItsReleases(String helm) throws Exception {
    steps.run(helm);
  }

  private static void installs(Helm helm) {
    helm.run("install", "store", Helm.chart("store"), "--wait", "--timeout=240s");
    assertThat(helm.space().run("get", "statefulset", "store")).contains("2/2");
    assertThat(helm.space().run("exec", "store-1", "--", "cat", "/data/index.html"))
        .contains("store-1");
    assertThat(helm.space().run("get", "jobs", "-o", "name")).isEmpty();
  }

  private static void grows(Helm helm) {
    helm.run(
        "upgrade", "store", Helm.chart("store"), "--set", "replicas=3", "--wait", "--timeout=240s");
    assertThat(helm.space().run("get", "pvc", "-o", "name").lines()).hasSize(3);
  }

  private static void uninstalls(Helm helm) {
    helm.run("uninstall", "store", "--wait", "--timeout=120s");
    assertThat(helm.space().run("get", "pvc", "-o", "name").lines()).hasSize(3);
  }
}
