package dev.argosy.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapRestTest {

  private long heap = 12;
  private long alive = 10;
  private int collections;
  private final HeapRest rest =
      new HeapRest(
          () -> heap,
          () -> {
            collections++;
            heap = alive;
          });

  private void look(long bytes) {
    heap = bytes;
    rest.round();
  }

  @Test
  void aHeapThatHardlyGrowsIsLeftAlone() {
    for (int i = 0; i < 100; i++) {
      look(15);
    }
    assertThat(collections).isZero();
  }

  @Test
  void whatItTookIsGivenBack() {
    look(50);
    assertThat(collections).isOne();
    assertThat(heap).isEqualTo(alive);
    look(12);
    assertThat(collections).isOne();
    look(13);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void whatIsNeededIsNotCollectedAgainAndAgain() {
    alive = 48;
    for (int i = 0; i < 100; i++) {
      look(50);
    }
    assertThat(collections).isOne();
  }
}
