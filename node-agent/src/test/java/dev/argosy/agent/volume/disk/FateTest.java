package dev.argosy.agent.volume.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FateTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private static Fate of(Note note, Known known) {
    return Fate.of(Optional.of(note), known, NOW);
  }

  @Test
  void what_the_api_has_stays_and_its_policy_is_noted() {
    assertThat(of(new Note(true, null), Known.DELETES)).isEqualTo(new Fate.Stays());
    assertThat(of(new Note(true, null), Known.RETAINED))
        .isEqualTo(new Fate.Noted(new Note(false, null)));
    assertThat(of(new Note(true, NOW.minusSeconds(30)), Known.DELETES))
        .isEqualTo(new Fate.Noted(new Note(true, null)));
  }

  @Test
  void an_api_that_does_not_answer_changes_nothing() {
    assertThat(of(new Note(true, NOW.minusSeconds(900)), Known.NOT_ASKED))
        .isEqualTo(new Fate.Stays());
  }

  @Test
  void what_is_missed_goes_after_a_while_only() {
    assertThat(of(new Note(true, null), Known.NOT_THERE))
        .isEqualTo(new Fate.Noted(new Note(true, NOW)));
    assertThat(of(new Note(true, NOW.minusSeconds(49)), Known.NOT_THERE))
        .isEqualTo(new Fate.Stays());
    assertThat(of(new Note(true, NOW.minusSeconds(50)), Known.NOT_THERE))
        .isEqualTo(new Fate.Goes());
  }

  @Test
  void a_clock_that_went_back_begins_anew() {
    assertThat(of(new Note(true, NOW.plusSeconds(900)), Known.NOT_THERE))
        .isEqualTo(new Fate.Noted(new Note(true, NOW)));
  }

  @Test
  void what_is_retained_or_has_no_note_stays() {
    assertThat(of(new Note(false, null), Known.NOT_THERE)).isEqualTo(new Fate.Stays());
    assertThat(Fate.of(Optional.empty(), Known.NOT_THERE, NOW)).isEqualTo(new Fate.Stays());
  }
}
