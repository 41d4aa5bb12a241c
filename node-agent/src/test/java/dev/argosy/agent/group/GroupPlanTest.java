package dev.argosy.agent.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.Pods;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What groups are given, by what pods ask for. */
final class GroupPlanTest {

  private static final long MI = 1L << 20;

  private static String resources(String requests, String limits) {
    return "{\"requests\":{%s},\"limits\":{%s}}".formatted(requests, limits);
  }

  private static final PodView GUARANTEED =
      Pods.pod(
          "guaranteed",
          0,
          resources(
              "\"cpu\":\"500m\",\"memory\":\"64Mi\"", "\"cpu\":\"500m\",\"memory\":\"64Mi\""));
  private static final PodView BURSTABLE =
      Pods.pod("burstable", 0, resources("\"cpu\":\"250m\"", "\"memory\":\"32Mi\""));
  private static final PodView PLAIN = Pods.pod("plain", 0, "{}");

  @Test
  void aPodHasWhatItsContainersHaveTogether() {
    assertThat(GroupPlan.pod(GUARANTEED, 100))
        .isEqualTo(new Share(500, 500, 64 * MI, 100, Map.of()));
    assertThat(GroupPlan.quality(GUARANTEED)).isEqualTo(Quality.GUARANTEED);
    assertThat(GroupPlan.pod(BURSTABLE, 0)).isEqualTo(new Share(250, 0, 32 * MI, 0, Map.of()));
    assertThat(GroupPlan.quality(BURSTABLE)).isEqualTo(Quality.BURSTABLE);
    assertThat(GroupPlan.pod(PLAIN, 0)).isEqualTo(new Share(0, 0, 0, 0, Map.of()));
    assertThat(GroupPlan.quality(PLAIN)).isEqualTo(Quality.BEST_EFFORT);
  }

  @Test
  void whatOneContainerHasNoLimitForThePodHasNoneFor() {
    PodView two =
        Pods.pod(
            "two",
            0,
            resources("", "\"cpu\":\"1\",\"memory\":\"64Mi\""),
            ",\"initContainers\":[{\"name\":\"init\",\"image\":\"i\",\"resources\":"
                + "{\"limits\":{\"memory\":\"128Mi\"}}}]");
    Share share = GroupPlan.pod(two, 0);
    assertThat(share.memoryBytes()).isEqualTo(128 * MI);
    assertThat(share.cpuLimitThousandths()).isZero();
  }

  @Test
  void thePodsOwnLimitsStandAboveThoseOfItsContainers() {
    PodView whole =
        Pods.pod(
            "whole", 0, "{}", ",\"resources\":" + resources("\"cpu\":\"2\"", "\"memory\":\"1Gi\""));
    assertThat(GroupPlan.pod(whole, 0)).isEqualTo(new Share(2000, 0, 1024 * MI, 0, Map.of()));
    assertThat(GroupPlan.quality(whole)).isEqualTo(Quality.BURSTABLE);
  }

  @Test
  void hugePagesAreLimitedByThePod() {
    PodView pages =
        Pods.pod("pages", 0, resources("\"memory\":\"1Mi\"", "\"hugepages-2Mi\":\"10Mi\""));
    assertThat(GroupPlan.pod(pages, 0).hugePages()).isEqualTo(Map.of("2Mi", 10 * MI));
  }

  @Test
  void burstablePodsTogetherWeighWhatTheyAskFor() {
    assertThat(GroupPlan.burstable(List.of(GUARANTEED, BURSTABLE, BURSTABLE, PLAIN)))
        .isEqualTo(new Share(500, 0, 0, 0, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "0,2,1",
    "1,2,1",
    "100,102,4",
    "1000,1024,39",
    "2000,2048,79",
    "999999999,262144,10000",
    "4503599627370496,262144,10000"
  })
  void sharesAreWeightsByTheFormulaOfKubernetes(long thousandths, long shares, long weight) {
    Share share = new Share(thousandths, 0, 0, 0, Map.of());
    assertThat(share.shares()).isEqualTo(shares);
    assertThat(share.weight()).isEqualTo(weight);
  }

  @ParameterizedTest
  @CsvSource({
    "guaranteed,-997",
    "besteffort,1000",
    "none,999",
    "half,500",
    "all,3",
    "critical,-997",
    "limit,750"
  })
  void whoAskedForMoreMemoryGoesLater(String pod, int score) {
    PodView view =
        switch (pod) {
          case "guaranteed" -> GUARANTEED;
          case "besteffort" -> PLAIN;
          case "none" -> Pods.pod("p", 0, resources("\"cpu\":\"1\"", ""));
          case "half" -> Pods.pod("p", 0, resources("\"memory\":\"512Mi\"", ""));
          case "all" -> Pods.pod("p", 0, resources("\"memory\":\"1Gi\"", ""));
          case "limit" -> Pods.pod("p", 0, resources("", "\"memory\":\"256Mi\""));
          default -> Pods.pod("p", 0, "{}", ",\"priorityClassName\":\"system-node-critical\"");
        };
    assertThat(OomScore.of(view, view.containers().getFirst(), 1024 * MI)).isEqualTo(score);
  }

  @Test
  void aSidecarDoesNotGoBeforeWhomItServes() {
    PodView pod =
        Pods.pod(
            "p",
            0,
            resources("\"memory\":\"512Mi\"", ""),
            ",\"initContainers\":[{\"name\":\"side\",\"image\":\"i\",\"restartPolicy\":\"Always\"}]");
    assertThat(OomScore.of(pod, pod.initContainers().getFirst(), 1024 * MI)).isEqualTo(500);
  }
}
