package dev.argosy.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.quota.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShareSlotsTest {

  private static final int FIRST = 30;

  private final ShareSlots slots = new ShareSlots("q", FIRST);

  @Test
  void oneWriteAfterTheOtherChargesTheSameShare() {
    for (int i = 0; i < 100; i++) {
      ShareSlots.Slot slot = slots.take(Share.MOST);
      assertThat(slot.index()).isEqualTo(FIRST);
      slot.release();
    }
  }

  @Test
  void thereAreMoreSharesWhenWritesHadToWait() throws Exception {
    Set<Integer> seen = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 1_000 && seen.size() < 8; round++) {
        seen.addAll(together(threads, 16));
        assertThat(round > 0 || seen.size() <= ShareSlots.FEW + 2).isTrue();
      }
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(8);
  }

  /** Writes of which each holds its share until all have begun; the shares that they held. */
  private List<Integer> together(ExecutorService threads, int count) throws Exception {
    CountDownLatch begun = new CountDownLatch(count);
    List<Future<Integer>> writes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      writes.add(
          threads.submit(() -> {
            begun.countDown();
            ShareSlots.Slot slot = slots.take(Share.MOST);
            begun.await();
            Thread.yield();
            slot.release();
            return slot.index();
          }));
    }
    List<Integer> indexes = new ArrayList<>();
    for (Future<Integer> write : writes) {
      indexes.add(write.get());
    }
    return indexes;
  }

  @Test
  void ofFewSharesNoneOfTheOthersIsTaken() {
    ShareSlots.Slot only = slots.take(1);
    assertThat(only.index()).isZero();
    only.release();
  }
}
