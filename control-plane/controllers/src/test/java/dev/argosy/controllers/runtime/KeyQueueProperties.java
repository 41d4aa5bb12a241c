package dev.argosy.controllers.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Counted in turns, never in time: what a queue owes each logical cluster. */
class KeyQueueProperties {

  private final ManualTimers timers = new ManualTimers(Instant.EPOCH);

  private static ObjectKey key(String cluster, int name) {
    return new ObjectKey(Kinds.PODS, cluster, "ns", Integer.toString(name));
  }

  /** What the queue should hold, kept in the plainest way. */
  private static final class Expected {
    final Map<String, LinkedHashSet<ObjectKey>> waiting = new HashMap<>();
    final Set<ObjectKey> again = new HashSet<>();
    final List<ObjectKey> out = new ArrayList<>();

    void add(ObjectKey key) {
      if (out.contains(key)) {
        again.add(key);
      } else {
        waiting.computeIfAbsent(key.cluster(), c -> new LinkedHashSet<>()).add(key);
      }
    }

    long out(String cluster) {
      return out.stream().filter(k -> k.cluster().equals(cluster)).count();
    }

    /** Whether a cluster may have one more worker. */
    boolean mayTake(String cluster, int workers) {
      return out(cluster) < workers - out.size();
    }

    boolean anyMayTake(int workers) {
      return waiting.entrySet().stream()
          .anyMatch(e -> !e.getValue().isEmpty() && mayTake(e.getKey(), workers));
    }

    void took(ObjectKey key) {
      LinkedHashSet<ObjectKey> keys = waiting.getOrDefault(key.cluster(), new LinkedHashSet<>());
      assertThat(keys).as("in the order they were added").isNotEmpty();
      assertThat(keys.getFirst()).isEqualTo(key);
      assertThat(out).as("out once").doesNotContain(key);
      keys.remove(key);
      out.add(key);
    }

    void finished(ObjectKey key) {
      out.remove(key);
      if (again.remove(key)) {
        add(key);
      }
    }
  }

  @Property(tries = 200)
  void keys_come_once_in_order_and_no_cluster_has_more_workers_than_are_free(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 9) int workers)
      throws InterruptedException {
    Random random = new Random(seed);
    KeyQueue queue = new KeyQueue(timers, random);
    Expected expected = new Expected();
    for (int i = 0; i < 300; i++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          ObjectKey key = key("c" + random.nextInt(4), random.nextInt(6));
          queue.add(key);
          expected.add(key);
        }
        case 1 -> {
          if (expected.anyMayTake(workers)) {
            ObjectKey key = queue.take(workers).orElseThrow();
            assertThat(expected.mayTake(key.cluster(), workers)).isTrue();
            expected.took(key);
          }
        }
        default -> {
          if (!expected.out.isEmpty()) {
            ObjectKey key = expected.out.get(random.nextInt(expected.out.size()));
            queue.finish(key, Outcome.DONE);
            expected.finished(key);
          }
        }
      }
    }
    assertThat(queue.size())
        .isEqualTo(expected.waiting.values().stream().mapToInt(Set::size).sum());
  }

  @Property(tries = 50)
  void a_quiet_cluster_waits_for_one_turn_of_each_other(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 8) int noisy)
      throws InterruptedException {
    Random random = new Random(seed);
    KeyQueue queue = new KeyQueue(timers, random);
    for (int i = 0; i < 2000; i++) {
      queue.add(key("noisy" + random.nextInt(noisy), i));
    }
    for (int i = 0; i < random.nextInt(100); i++) {
      queue.finish(queue.take().orElseThrow(), Outcome.DONE);
    }
    queue.add(key("quiet", 0));
    int turns = 0;
    for (String cluster = ""; !cluster.equals("quiet"); turns++) {
      ObjectKey key = queue.take().orElseThrow();
      cluster = key.cluster();
      queue.add(key);
      queue.finish(key, Outcome.DONE);
    }
    assertThat(turns).isLessThanOrEqualTo(noisy + 1);
  }

  @Property(tries = 5)
  void failures_of_a_noisy_cluster_that_all_come_due_at_once_take_turns_too(
      @ForAll @LongRange(min = 0) long seed) throws InterruptedException {
    KeyQueue queue = new KeyQueue(timers, new Random(seed));
    for (int i = 0; i < 300; i++) {
      queue.add(key("noisy", i));
      queue.finish(queue.take().orElseThrow(), new Outcome.Retry("no"));
    }
    queue.addAfter(key("quiet", 0), Duration.ofSeconds(1));
    timers.advance(Duration.ofSeconds(1));
    assertThat(queue.size()).isEqualTo(301);
    List<String> first = new ArrayList<>();
    first.add(queue.take().orElseThrow().cluster());
    first.add(queue.take().orElseThrow().cluster());
    assertThat(first).containsExactly("noisy", "quiet");
  }
}
