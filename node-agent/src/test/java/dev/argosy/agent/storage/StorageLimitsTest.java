package dev.argosy.agent.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.Pods;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits on what pods keep on the disk. */
final class StorageLimitsTest {

  private static final long MI = 1L << 20;
  private static final String LIMIT = "{\"limits\":{\"ephemeral-storage\":\"10Mi\"}}";
  private static final PodView LIMITED = Pods.pod("limited", 0, LIMIT);
  private static final PodView SIZED =
      Pods.pod(
          "sized",
          0,
          "{}",
          ",\"volumes\":[{\"name\":\"cache\",\"emptyDir\":{\"sizeLimit\":\"5Mi\"}},"
              + "{\"name\":\"free\",\"emptyDir\":{\"sizeLimit\":\"0\"}}]");
  private static final PodView TWO =
      Pods.pod("two", 0, LIMIT, ",\"initContainers\":[{\"name\":\"init\",\"image\":\"i\"}]");

  private static String broken(
      PodView pod, Map<String, Long> containers, Map<String, Long> volumes) {
    return StorageLimits.broken(pod, new PodDisk(containers, volumes, 0))
        .map(Verdict::message)
        .orElse("");
  }

  @Test
  void onlyPodsWithLimitsAreCounted() {
    assertThat(StorageLimits.any(LIMITED)).isTrue();
    assertThat(StorageLimits.any(SIZED)).isTrue();
    assertThat(StorageLimits.any(Pods.pod("free", 0, "{}"))).isFalse();
    assertThat(
            StorageLimits.any(
                Pods.pod(
                    "asks",
                    0,
                    "{\"requests\":{\"ephemeral-storage\":\"1Mi\"},\"limits\":{\"cpu\":1}}")))
        .isFalse();
  }

  @Test
  void upToTheLimitAllIsFine() {
    assertThat(broken(LIMITED, Map.of("main", 10 * MI), Map.of())).isEmpty();
    assertThat(broken(SIZED, Map.of("main", 99 * MI), Map.of("cache", 5 * MI, "free", 50 * MI)))
        .isEmpty();
  }

  @Test
  void aVolumeThatIsTooLargeIsNamed() {
    assertThat(broken(SIZED, Map.of(), Map.of("cache", 5 * MI + 1)))
        .isEqualTo("Usage of EmptyDir volume \"cache\" exceeds the limit \"5Mi\". ");
  }

  @Test
  void volumesCountToThePodsTotal() {
    assertThat(broken(LIMITED, Map.of("main", 9 * MI), Map.of("scratch", 2 * MI)))
        .isEqualTo(
            "Pod ephemeral local storage usage exceeds the total limit of containers 10Mi. ");
  }

  @Test
  void aContainersOwnLimitIsLookedAtLast() {
    PodView roomy =
        Pods.pod(
            "roomy",
            0,
            LIMIT,
            ",\"initContainers\":[{\"name\":\"side\",\"image\":\"i\",\"restartPolicy\":\"Always\","
                + "\"resources\":{\"limits\":{\"ephemeral-storage\":\"1Mi\"}}}]");
    assertThat(broken(roomy, Map.of("side", 2 * MI), Map.of()))
        .isEqualTo("Container side exceeded its local ephemeral storage limit \"1Mi\". ");
    assertThat(broken(TWO, Map.of("init", 11 * MI), Map.of())).startsWith("Pod ephemeral");
  }

  /** What sidecars may have counts, and so does what is needed to begin, and the overhead. */
  @Test
  void thePodsTotalIsThatOfAllThatRunsTogether() {
    PodView beside = Pods.pod("beside", 0, LIMIT, init("\"restartPolicy\":\"Always\",", "4Mi"));
    assertThat(broken(beside, Map.of("main", 10 * MI, "init", 4 * MI), Map.of())).isEmpty();
    assertThat(broken(beside, Map.of("main", 10 * MI, "init", 4 * MI), Map.of("scratch", 1L)))
        .endsWith("total limit of containers 14Mi. ");
    PodView first = Pods.pod("first", 0, LIMIT, init("", "20Mi"));
    assertThat(broken(first, Map.of("main", 9 * MI), Map.of("scratch", 11 * MI))).isEmpty();
    assertThat(broken(first, Map.of("main", 9 * MI), Map.of("scratch", 12 * MI)))
        .endsWith("total limit of containers 20Mi. ");
    PodView over = Pods.pod("over", 0, LIMIT, ",\"overhead\":{\"ephemeral-storage\":\"1Mi\"}");
    assertThat(broken(over, Map.of("main", 9 * MI), Map.of("scratch", 2 * MI))).isEmpty();
  }

  private static String init(String more, String limit) {
    return ",\"initContainers\":[{\"name\":\"init\",\"image\":\"i\",%s\"resources\":{\"limits\":{\"ephemeral-storage\":\"%s\"}}}]"
        .formatted(more, limit);
  }

  /** As in Kubernetes, where a container's 0 is no limit of its own, but counts in the sum. */
  @Test
  void nothingIsNoLimitOfAContainer() {
    PodView two = Pods.pod("two", 0, LIMIT, init("\"restartPolicy\":\"Always\",", "0"));
    assertThat(broken(two, Map.of("init", MI), Map.of())).isEmpty();
  }

  @Test
  void thePodGoesAtOnceByItsOwnFault() {
    Verdict word =
        StorageLimits.broken(LIMITED, new PodDisk(Map.of("main", 11 * MI), Map.of(), 0))
            .orElseThrow();
    assertThat(word.reason()).isEqualTo("Evicted");
    assertThat(word.grace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(word.disruption()).isFalse();
  }
}
