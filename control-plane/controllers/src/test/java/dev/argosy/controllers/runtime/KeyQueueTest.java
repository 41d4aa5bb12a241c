package dev.argosy.controllers.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyQueueTest {

  private final ManualTimers timers = new ManualTimers(Instant.EPOCH);
  private final KeyQueue queue = new KeyQueue(timers, new Random(1));

  private static ObjectKey key(String cluster, String name) {
    return new ObjectKey(Kinds.PODS, cluster, "ns", name);
  }

  private String takeName() throws InterruptedException {
    return queue.take().map(k -> k.cluster() + "/" + k.name()).orElse("closed");
  }

  @Test
  void clusters_take_turns_and_keys_come_once() throws InterruptedException {
    for (String name : List.of("1", "2", "3", "1")) {
      queue.add(key("big", name));
    }
    queue.add(key("small", "1"));
    List<String> order = new ArrayList<>();
    while (queue.size() > 0) {
      order.add(takeName());
    }
    assertThat(order).containsExactly("big/1", "small/1", "big/2", "big/3");
  }

  @Test
  void a_key_that_is_out_comes_again_only_after_it_is_back() throws InterruptedException {
    ObjectKey key = key("a", "1");
    queue.add(key);
    assertThat(takeName()).isEqualTo("a/1");
    queue.add(key);
    queue.add(key);
    assertThat(queue.size()).isZero();
    queue.finish(key, Outcome.DONE);
    assertThat(queue.size()).isEqualTo(1);
    assertThat(takeName()).isEqualTo("a/1");
    queue.finish(key, Outcome.DONE);
    assertThat(queue.idle()).isTrue();
  }

  @Test
  void failures_pause_longer_each_time_up_to_a_minute() throws InterruptedException {
    ObjectKey key = key("a", "1");
    queue.add(key);
    for (int i = 0; i < 20; i++) {
      takeName();
      queue.finish(key, new Outcome.Retry("no"));
      long full = Math.min(60_000, 10L << i);
      timers.advance(Duration.ofMillis(full / 2 - 1));
      assertThat(queue.size()).isZero();
      timers.advance(Duration.ofMillis(full - full / 2 + 1));
      assertThat(queue.size()).isEqualTo(1);
    }
    takeName();
    queue.finish(key, Outcome.DONE);
    queue.add(key);
    takeName();
    queue.finish(key, new Outcome.Retry("no"));
    timers.advance(Duration.ofMillis(10));
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void the_earlier_of_two_later_times_counts() {
    ObjectKey key = key("a", "1");
    queue.addAfter(key, Duration.ofSeconds(10));
    queue.addAfter(key, Duration.ofSeconds(5));
    queue.addAfter(key, Duration.ofSeconds(20));
    timers.advance(Duration.ofSeconds(5));
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void the_last_outcome_counts() throws InterruptedException {
    ObjectKey key = key("a", "1");
    for (Outcome outcome :
        List.of(
            Outcome.requeueAfter(Duration.ofSeconds(5)),
            Outcome.requeueAfter(Duration.ofSeconds(20)))) {
      queue.add(key);
      takeName();
      queue.finish(key, outcome);
    }
    timers.advance(Duration.ofSeconds(10));
    assertThat(queue.size()).isZero();
    queue.add(key);
    takeName();
    queue.finish(key, Outcome.DONE);
    assertThat(timers.pending(Duration.ofDays(1))).isZero();
  }

  @Test
  void a_cluster_has_as_many_workers_as_are_free() throws InterruptedException {
    for (int i = 0; i < 9; i++) {
      queue.add(key("big", "" + i));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(queue.take(8).map(ObjectKey::cluster)).contains("big");
    }
    queue.add(key("small", "1"));
    assertThat(queue.take(8).map(ObjectKey::cluster)).contains("small");
    queue.finish(key("small", "1"), Outcome.DONE);
    queue.finish(key("big", "0"), Outcome.DONE);
    assertThat(queue.take(8).map(ObjectKey::name)).contains("4");
  }

  @Test
  void closing_tells_everybody() throws InterruptedException {
    Thread closer = Thread.startVirtualThread(queue::close);
    assertThat(queue.take()).isEmpty();
    closer.join();
    queue.add(key("a", "1"));
    assertThat(queue.take()).isEmpty();
  }
}
