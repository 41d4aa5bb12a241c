package dev.argosy.scheduler.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TournamentTest {

  private final Random random = new Random(7);

  @Test
  void the_winner_has_the_best_mark_after_any_change() {
    for (int count : new int[] {1, 2, 3, 7, 64, 65}) {
      Tournament tournament = new Tournament(count);
      int[] marks = new int[count];
      Arrays.fill(marks, Tournament.ABSENT);
      for (int change = 0; change < 500; change++) {
        int who = random.nextInt(count);
        marks[who] = random.nextInt(6) - 1;
        tournament.set(who, marks[who]);
        int best = Arrays.stream(marks).max().orElseThrow();
        int winner = tournament.winner(random);
        assertThat(winner == Tournament.ABSENT ? Tournament.ABSENT : marks[winner]).isEqualTo(best);
      }
    }
  }

  @Test
  void many_enter_at_once() {
    Tournament tournament = new Tournament(5);
    for (int who = 0; who < 5; who++) {
      tournament.enter(who, who);
    }
    tournament.settle();
    assertThat(tournament.winner(random)).isEqualTo(4);
  }

  @Test
  void nobody_wins_where_nobody_takes_part() {
    assertThat(new Tournament(0).winner(random)).isEqualTo(Tournament.ABSENT);
    assertThat(new Tournament(9).winner(random)).isEqualTo(Tournament.ABSENT);
  }

  /** Also where most of them stand on one side of the tree. */
  @Test
  void each_of_the_best_is_as_likely_as_any_other() {
    Tournament tournament = new Tournament(8);
    for (int who : new int[] {0, 4, 5, 6, 7}) {
      tournament.set(who, 3);
    }
    tournament.set(1, 2);
    int[] wins = new int[8];
    for (int i = 0; i < 5000; i++) {
      wins[tournament.winner(random)]++;
    }
    assertThat(wins[1] + wins[2] + wins[3]).isZero();
    for (int who : new int[] {0, 4, 5, 6, 7}) {
      assertThat(wins[who]).isBetween(850, 1150);
    }
  }
}
