package dev.argosy.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns<String> turns = new Turns<>(10);

  private List<String> takeAll(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(turns.take());
    }
    return all;
  }

  @Test
  void clusters_take_turns_and_what_is_of_one_comes_in_order() throws InterruptedException {
    for (String item : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
      assertThat(turns.put(item.substring(0, 1), item)).isEmpty();
    }
    assertThat(takeAll(6)).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  void a_flood_costs_only_whom_it_is_of() throws InterruptedException {
    assertThat(turns.put("quiet", "q1")).isEmpty();
    for (int i = 1; i <= 9; i++) {
      assertThat(turns.put("noisy", "n" + i)).isEmpty();
    }
    assertThat(turns.put("noisy", "n10")).contains("n10");
    assertThat(turns.put("quiet", "q2")).contains("n9");
    assertThat(takeAll(4)).containsExactly("q1", "n1", "q2", "n2");
  }
}
