package dev.argosy.server.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.status.Status;
import dev.argosy.server.follow.Tending.Crew;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work on names, until it is done. */
@Timeout(30)
class TendingTest {

  private static final Crew CREW = new Crew("things", 2, Duration.ofMillis(1));

  @Test
  void whatIsNotDoneIsDoneAgain() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    CountDownLatch done = new CountDownLatch(2);
    try (Tending tending =
        new Tending(
            CREW,
            name -> {
              seen.add(name);
              switch (seen.stream().filter(name::equals).toList().size()) {
                case 1 -> throw Status.badRequest("not yet").asException();
                case 2 -> throw new IllegalStateException("nor now");
                case 3 -> {
                  return false;
                }
                default -> done.countDown();
              }
              return true;
            })) {
      tending.put("a");
      tending.put("b");
      tending.start();
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(seen).hasSize(8).contains("a", "b");
  }

  @Test
  void aNameIsTendedToByOneAtATimeAndOnceMoreIfItChangedMeanwhile() throws Exception {
    AtomicInteger at = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    CountDownLatch twice = new CountDownLatch(2);
    try (Tending tending =
        new Tending(
            CREW,
            name -> {
              most.accumulateAndGet(at.incrementAndGet(), Math::max);
              begun.countDown();
              boolean told = await(changed);
              at.decrementAndGet();
              twice.countDown();
              return told;
            })) {
      tending.start();
      tending.put("a");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      tending.put("a");
      tending.put("a");
      changed.countDown();
      assertThat(twice.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void whatStaysUndoneIsTriedLessAndLessOften() {
    assertThat(IntStream.iterate(1, Tending::longer).limit(6)).containsExactly(1, 2, 4, 8, 8, 8);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
