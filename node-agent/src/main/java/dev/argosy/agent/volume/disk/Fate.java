package dev.argosy.agent.volume.disk;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a volume that no pod of this node uses.
 *
 * <p>What it holds goes when the API has had no such volume for a minute, and its policy was to
 * delete: an answer that was wrong once costs nobody their data.
 */
sealed interface Fate {

  Duration MISSED = Duration.ofSeconds(50);

  /** It stays as it is. */
  record Stays() implements Fate {}

  /** It stays; this is to be kept in mind about it. */
  record Noted(Note note) implements Fate {}

  /** It goes, and its room on the disk is free. */
  record Goes() implements Fate {}

  static Fate of(Optional<Note> note, Known known, Instant now) {
    return switch (known) {
      case NOT_ASKED -> new Stays();
      case DELETES, RETAINED -> {
        Note wanted = new Note(known == Known.DELETES, null);
        yield note.filter(wanted::equals).isPresent() ? new Stays() : new Noted(wanted);
      }
      case NOT_THERE -> missed(note, now);
    };
  }

  private static Fate missed(Optional<Note> note, Instant now) {
    if (note.isEmpty() || !note.get().deletes()) {
      return new Stays();
    }
    Instant since = note.get().missedAt();
    if (since == null || since.isAfter(now)) {
      return new Noted(new Note(true, now));
    }
    return Duration.between(since, now).compareTo(MISSED) < 0 ? new Stays() : new Goes();
  }
}
