package dev.argosy.scheduler.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whatever comes and goes, the turn is that of whom it belongs to, counted anew each time. */
class ShareProperties {

  private static final int STEPS = 150;
  private static final String[] CLUSTERS = {"a", "b", "c", "d", "root"};

  @Property(tries = 60)
  void the_turn_is_as_if_everything_were_looked_at_anew(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    Stage stage = new Stage();
    stage.node("n0", 8, 16, 20);
    for (int i = 0; i < STEPS; i++) {
      step(stage, random);
    }
  }

  private static void step(Stage stage, Random random) {
    switch (random.nextInt(14)) {
      case 0 -> stage.node("n" + random.nextInt(5), random.nextInt(9), random.nextInt(30), 10);
      case 1 -> stage.noNode("n" + (1 + random.nextInt(4)));
      case 2 -> {
        String amount = random.nextInt(3) == 0 ? "" : "requests.cpu=" + random.nextInt(6);
        stage.guarantee(CLUSTERS[random.nextInt(3)], amount);
      }
      case 3, 4 -> {
        if (!stage.placed.isEmpty()) {
          stage.end(stage.placed.get(random.nextInt(stage.placed.size())));
        }
      }
      case 5 -> {
        if (!stage.waiting.isEmpty()) {
          PodView pod = stage.waiting.remove(random.nextInt(stage.waiting.size()));
          assertThat(stage.lines.remove(pod)).isTrue();
        }
      }
      case 6 -> {
        if (random.nextInt(4) == 0) {
          stage.crash();
        }
      }
      case 7, 8, 9, 10 -> stage.waits(pod(stage, random));
      default -> {
        Optional<PodView> expected = stage.expected();
        assertThat(stage.take()).isEqualTo(expected);
        expected.ifPresent(stage::place);
        assertThat(stage.lines.size()).isEqualTo(stage.waiting.size());
      }
    }
  }

  private static PodView pod(Stage stage, Random random) {
    return stage.pod(
        CLUSTERS[random.nextInt(CLUSTERS.length)],
        random.nextInt(3),
        random.nextInt(20) + "00m",
        random.nextInt(30) + "00M");
  }

  /** Each has as much as it can use, of its own kind: nobody gets far ahead. */
  @Property(tries = 60)
  void with_enough_demand_shares_stay_within_one_pod(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    Stage stage = new Stage();
    stage.node("n0", 128, 128, 1024);
    Map<String, List<PodView>> placed = new HashMap<>();
    double most = 0;
    for (String cluster : List.of("a", "b", "c", "d")) {
      placed.put(cluster, new ArrayList<>());
      String cpu = (1 + random.nextInt(40)) + "00m";
      String memory = (1 + random.nextInt(40)) + "00M";
      for (int i = 0; i < 60; i++) {
        stage.waits(stage.pod(cluster, random.nextInt(), cpu, memory));
      }
      most = Math.max(most, share(List.of(stage.pod(cluster, 0, cpu, memory))));
    }
    for (int i = 0; i < 60; i++) {
      PodView pod = stage.take().orElseThrow();
      stage.place(pod);
      placed.computeIfPresent(pod.key().cluster(), (cluster, pods) -> and(pods, pod));
      List<Double> shares = placed.values().stream().map(ShareProperties::share).toList();
      assertThat(Collections.max(shares) - Collections.min(shares))
          .isLessThanOrEqualTo(most * 1.02);
    }
  }

  private static List<PodView> and(List<PodView> pods, PodView pod) {
    pods.add(pod);
    return pods;
  }

  /** Of 128 cores, 128 GB and 1024 places. */
  private static double share(List<PodView> pods) {
    double cpu = pods.stream().mapToLong(p -> p.demand().requests().milliCpu()).sum() / 128e3;
    double memory = pods.stream().mapToLong(p -> p.demand().requests().memory()).sum() / 128e9;
    return Math.max(pods.size() / 1024.0, Math.max(cpu, memory));
  }

  @Property(tries = 30)
  void nobody_waits_for_ever(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    Stage stage = new Stage();
    stage.node("n0", 8, 16, 20);
    PodView patient = stage.pod("late", 0, "1");
    stage.place(stage.pod("late", 0, "100"));
    stage.waits(patient);
    for (int i = 0; i < 4 * CLUSTERS.length + 4; i++) {
      for (String cluster : CLUSTERS) {
        stage.waits(stage.pod(cluster, random.nextInt(), "1"));
      }
      if (stage.take().equals(Optional.of(patient))) {
        return;
      }
      stage.lines.inVain();
    }
    throw new AssertionError("the pod was never tried");
  }
}
