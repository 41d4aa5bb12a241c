package dev.argosy.controllers.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.autoscale.Measured.Current;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Algorithm details" of the Kubernetes page, for what is measured of each pod. */
class PerPodTest {

  private static final MetricSource.Resource CPU =
      new MetricSource.Resource("cpu", Optional.empty(), new Target.Utilization(100));

  /** desiredReplicas = ceil(currentReplicas × currentMetricValue / desiredMetricValue). */
  @ParameterizedTest
  @CsvSource({
    "200, 100, 6", // twice as much as shall be: twice as many
    "50, 100, 2", // half of it: half as many, rounded up
    "100, 100, 3",
    "109, 100, 3", // within the tolerance of 0.1
    "111, 100, 4",
    "91, 100, 3",
    "89, 100, 3", // outside of it, but two are too few
    "60, 100, 2",
    "1, 100, 1",
    "0, 100, 0"
  })
  void replicas_follow_the_ratio_of_what_is_to_what_shall_be(long used, long target, int wanted) {
    PerPod three = new Pods().using(used, used, used).perPod(3);
    assertThat(replicas(three.average("m", target))).isEqualTo(wanted);
  }

  @Test
  void utilization_is_a_part_of_what_the_pods_request() {
    PerPod pods = new Pods().requesting(1000).using(900).requesting(500).using(300).perPod(2);
    Measured measured = found(pods.utilization(CPU, 40));
    assertThat(measured.replicas()).isEqualTo(4);
    assertThat(measured.current()).isEqualTo(new Current.Utilization(80, 600));
    assertThat(measured.name()).isEqualTo("cpu resource utilization (percentage of request)");
  }

  @Test
  void a_container_without_a_request_makes_utilization_unknown() {
    PerPod pods = new Pods().using(900).requesting(0).using(300).perPod(2);
    assertThat(pods.utilization(CPU, 40))
        .isEqualTo(new Reading.Unknown<>("missing request for cpu in container c of Pod web-1"));
  }

  @Test
  void only_the_named_container_counts() {
    ScaledPod pod =
        new ScaledPod(
            "web",
            "Running",
            false,
            Optional.of(Instant.EPOCH),
            Optional.of(new ScaledPod.Readiness(true, Instant.EPOCH)),
            Map.of("cpu", 5000L),
            List.of(
                new ScaledPod.Container("app", Map.of("cpu", 200L)),
                new ScaledPod.Container("proxy", Map.of())));
    assertThat(pod.requests("cpu", Optional.of("app"))).isEqualTo(new Reading.Found<>(200L));
    assertThat(pod.requests("cpu", Optional.empty())).isEqualTo(new Reading.Found<>(5000L));
    assertThat(pod.requests("cpu", Optional.of("db")))
        .isEqualTo(new Reading.Unknown<>("container db is not present in Pod web"));
    assertThat(pod.requests("memory", Optional.of("proxy")))
        .isEqualTo(
            new Reading.Unknown<>("missing request for memory in container proxy of Pod web"));
  }

  @Test
  void pods_that_end_and_failed_ones_are_left_out() {
    PerPod pods = new Pods().using(2000, 2000).deleting(0).in("Failed", 0).perPod(2);
    assertThat(replicas(pods.utilization(CPU, 100))).isEqualTo(4);
  }

  @Test
  void pods_without_figures_use_all_of_their_request_when_there_would_be_fewer() {
    PerPod pods = new Pods().using(200, 200).withoutFigures(1).perPod(3);
    assertThat(replicas(pods.utilization(CPU, 100))).isEqualTo(2);
    PerPod none = new Pods().using(600, 600).withoutFigures(1).perPod(3);
    assertThat(replicas(none.utilization(CPU, 70))).isEqualTo(3);
  }

  @Test
  void pods_without_figures_use_nothing_when_there_would_be_more() {
    PerPod pods = new Pods().using(2400, 2400).withoutFigures(1).perPod(3);
    assertThat(replicas(pods.utilization(CPU, 100))).isEqualTo(5);
  }

  @Test
  void pods_that_are_not_ready_use_nothing_when_there_would_be_more() {
    Pods pods = new Pods().using(2400).unready(9000, 9000);
    assertThat(replicas(pods.perPod(3).utilization(CPU, 100))).isEqualTo(3);
    assertThat(replicas(new Pods().using(5000).unready(0).perPod(2).utilization(CPU, 100)))
        .isEqualTo(5);
  }

  @Test
  void pods_that_are_not_ready_do_not_count_when_there_would_be_fewer() {
    Pods pods = new Pods().using(200, 200).unready(9000);
    assertThat(replicas(pods.perPod(3).utilization(CPU, 100))).isEqualTo(1);
  }

  @Test
  void what_is_supposed_never_turns_the_direction() {
    PerPod up = new Pods().using(1500).withoutFigures(4).perPod(5);
    assertThat(replicas(up.utilization(CPU, 100))).isEqualTo(5);
    PerPod down = new Pods().using(600).withoutFigures(4).perPod(5);
    assertThat(replicas(down.utilization(CPU, 70))).isEqualTo(5);
  }

  @Test
  void without_pods_or_figures_nothing_is_known() {
    assertThat(new Pods().perPod(0).average("m", 1))
        .isEqualTo(
            new Reading.Unknown<>("no pods returned by selector while calculating replica count"));
    assertThat(new Pods().unready(7).perPod(1).average("m", 1))
        .isEqualTo(
            new Reading.Unknown<>(
                "did not receive metrics for targeted pods (pods might be unready)"));
  }

  @Test
  void a_beginning_pods_cpu_counts_once_it_was_ready_for_a_whole_window() {
    Instant began = Pods.NOW.minus(Duration.ofMinutes(4));
    assertThat(counts(began, true, Pods.NOW.minus(Duration.ofSeconds(16)))).isTrue();
    assertThat(counts(began, true, Pods.NOW.minus(Duration.ofSeconds(10)))).isFalse();
    assertThat(counts(began, false, Pods.NOW.minus(Duration.ofMinutes(3)))).isFalse();
  }

  @Test
  void later_only_a_pod_that_was_never_ready_does_not_count() {
    Instant began = Pods.NOW.minus(Duration.ofMinutes(6));
    assertThat(counts(began, false, began.plusSeconds(29))).isFalse();
    assertThat(counts(began, false, began.plusSeconds(60))).isTrue();
    assertThat(counts(began, true, Pods.NOW)).isTrue();
  }

  @Test
  void readiness_matters_for_the_cpu_only() {
    Pods pods = new Pods().unready(7).in("Pending", 7);
    PodGroups groups = PodGroups.of(pods.all, pods.samples, false, Pods.NOW);
    assertThat(groups.samples()).containsOnlyKeys("web-0");
    assertThat(groups.unready()).containsExactly("web-1");
  }

  private static boolean counts(Instant began, boolean ready, Instant since) {
    return !new Pods().one(began, ready, since, 7).groups().samples().isEmpty();
  }

  private static int replicas(Reading<Measured> reading) {
    return found(reading).replicas();
  }

  private static Measured found(Reading<Measured> reading) {
    return switch (reading) {
      case Reading.Found<Measured>(Measured measured) -> measured;
      case Reading.Unknown<Measured>(String why) -> throw new AssertionError(why);
    };
  }
}
