package dev.argosy.agent.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.SetClock;
import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.view.PodView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is done on a node that runs short. */
final class EvictionLoopTest {

  private static final long MI = 1L << 20;

  private final SetClock clock = new SetClock();
  private final Map<Signal, Level> levels = new EnumMap<>(Signal.class);
  private final PressureBoard board = new PressureBoard();
  private final List<PodUse> running = new ArrayList<>();
  private final List<String> evicted = new ArrayList<>();
  private final List<Verdict> words = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Runnable freeDisk = () -> told.add("disk freed");

  private final EvictionLoop loop =
      new EvictionLoop(
          EvictionSettings.DEFAULT,
          () -> Map.copyOf(levels),
          board,
          new EvictionLoop.Means(
              new PodsHere() {
                @Override
                public List<PodView> active() {
                  return running.stream().map(PodUse::pod).toList();
                }

                @Override
                public void evict(PodView pod, Verdict word) {
                  evicted.add(pod.uid());
                  words.add(word);
                }
              },
              (signal, pods) -> running.stream().filter(use -> pods.contains(use.pod())).toList(),
              () -> freeDisk.run(),
              told::add),
          clock);

  private void memory(long mebibytes) {
    levels.put(Signal.MEMORY, new Level(mebibytes * MI, 1000 * MI));
  }

  private void disk(long mebibytes) {
    levels.put(Signal.NODE_DISK, new Level(mebibytes * MI, 1000 * MI));
  }

  private void gone(String uid) {
    running.removeIf(use -> use.pod().uid().equals(uid));
  }

  @Test
  void onePodGoesAtATimeAndNoMoreThanNeeded() {
    running.add(Pods.use("modest", 0, 200 * MI, 100 * MI));
    running.add(Pods.use("greedy", 0, 200 * MI, 300 * MI));
    running.add(Pods.use("hog", 0, 0, 400 * MI));
    memory(50);
    loop.round();
    assertThat(evicted).containsExactly("hog");
    assertThat(told).containsExactly("Attempting to reclaim memory");
    assertThat(board.conditions()).containsExactly(NodeCondition.MEMORY);
    clock.advance(Duration.ofSeconds(10));
    loop.round();
    assertThat(evicted).as("the first one still ends").containsExactly("hog");
    gone("hog");
    clock.advance(Duration.ofSeconds(10));
    loop.round();
    assertThat(evicted).containsExactly("hog", "greedy");
    gone("greedy");
    memory(500);
    clock.advance(Duration.ofSeconds(10));
    loop.round();
    assertThat(evicted).hasSize(2);
    assertThat(board.conditions()).containsExactly(NodeCondition.MEMORY);
    clock.advance(Duration.ofMinutes(5));
    loop.round();
    assertThat(board.conditions()).isEmpty();
  }

  @Test
  void aPodThatDoesNotEndIsNotWaitedForForEver() {
    running.add(Pods.use("stuck", 0, 0, 400 * MI));
    running.add(Pods.use("other", 5, 0, 300 * MI));
    memory(50);
    loop.round();
    clock.advance(Duration.ofSeconds(31));
    loop.round();
    assertThat(evicted).containsExactly("stuck", "other");
  }

  @Test
  void thePodIsToldInKubernetesWords() {
    running.add(Pods.use("hog", 0, 16 * MI, 400 * MI + 5));
    memory(50);
    loop.round();
    assertThat(words)
        .containsExactly(
            new Verdict(
                "Evicted",
                "The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi."
                    + " Container main was using 400Mi, request is 16Mi, has larger consumption of"
                    + " memory. ",
                Duration.ofSeconds(1),
                true));
  }

  @Test
  void whatNobodyNeedsGoesBeforeAnyPod() {
    running.add(Pods.use("writer", 0, 0, 400 * MI));
    disk(50);
    freeDisk = () -> disk(200);
    loop.round();
    assertThat(evicted).isEmpty();
    assertThat(board.conditions()).containsExactly(NodeCondition.DISK);
    freeDisk = () -> told.add("disk freed");
    disk(50);
    loop.round();
    assertThat(told).contains("disk freed");
    assertThat(evicted).containsExactly("writer");
    assertThat(words.getFirst().message())
        .isEqualTo(
            "The node was low on resource: ephemeral-storage. Threshold quantity: 100Mi,"
                + " available: 50Mi. Container main was using 400Mi, request is 0, has larger"
                + " consumption of ephemeral-storage. ");
  }

  @Test
  void criticalPodsStay() {
    running.add(Pods.use("system", 2_000_000_000L, 0, 900 * MI));
    memory(50);
    loop.round();
    assertThat(evicted).isEmpty();
  }
}
