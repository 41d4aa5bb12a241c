package dev.argosy.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart of an operator: its kind, its rights, and a webhook that a pod serves. */
class OperatorChartTest {

  private final Steps steps =
      new Steps("Helm: an operator")
          .then("install a kind with its operator and wait", OperatorChartTest::installs)
          .then("have the operator make what is asked for", OperatorChartTest::works)
          .then("be refused by the operator's webhook", OperatorChartTest::refuses)
          .then("upgrade the operator", OperatorChartTest::upgrades)
          .then("uninstall and keep the kind", OperatorChartTest::uninstalls);

  @ParameterizedTest
  @ValueSource(strings = {"3", "4"})
  void livesThroughItsReleases(String helm) throws Exception {
    steps.run(helm);
  }

  private static void installs(Helm helm) {
    helm.run("install", "crier", Helm.chart("operator"), "--wait", "--timeout=240s");
    assertThat(helm.space().run("get", "deployment", "crier")).contains("1/1");
  }

  private static void works(Helm helm) {
    announce(helm, "one", "hello").orFail();
    Eventually.until(
        Duration.ofSeconds(60),
        () -> helm.space().tryRun("get", "cm", "one", "-o", "jsonpath={.data.text}").out(),
        "hello"::equals);
  }

  private static void refuses(Helm helm) {
    assertThat(announce(helm, "two", "forbidden words").err())
        .contains(
            "admission webhook \"words.chart.e2e.example.com\" denied the request",
            "such words are not announced");
  }

  private static void upgrades(Helm helm) {
    helm.run(
        "upgrade",
        "crier",
        Helm.chart("operator"),
        "--set",
        "webhook.failurePolicy=Ignore",
        "--wait",
        "--timeout=240s");
    assertThat(
            helm.space()
                .run(
                    "get",
                    "validatingwebhookconfiguration",
                    helm.namespace() + "-crier",
                    "-o",
                    "jsonpath={.webhooks[0].failurePolicy}"))
        .isEqualTo("Ignore");
  }

  private static void uninstalls(Helm helm) {
    helm.run("uninstall", "crier", "--wait", "--timeout=120s");
    assertThat(helm.space().run("get", "announcements", "-o", "name")).contains("one");
    helm.space().run("delete", "crd", "announcements.chart.e2e.example.com", "--timeout=60s");
  }

  private static dev.argosy.e2e.Program.Result announce(Helm helm, String name, String text) {
    return helm.space()
        .with(
            """
            apiVersion: chart.e2e.example.com/v1
            kind: Announcement
            metadata: {name: %s}
            spec: {text: %s}
            """
                .formatted(name, text),
            "apply",
            "-f",
            "-");
  }
}
