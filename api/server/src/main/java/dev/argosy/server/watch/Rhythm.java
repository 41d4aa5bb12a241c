package dev.argosy.server.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When a watch speaks without being asked: bookmarks at intervals, the last one when its time is
 * up. Belongs to one feed.
 */
final class Rhythm {

  private final Clock clock;
  private final Duration interval;
  private final boolean bookmarks;
  private final Instant end;
  private Instant nextBookmark;
  private Instant nextLook;

  Rhythm(Clock clock, Duration interval, boolean bookmarks, Duration life) {
    this.clock = clock;
    this.interval = interval;
    this.bookmarks = bookmarks;
    Instant now = clock.instant();
    this.end = now.plus(life);
    this.nextBookmark = now.plus(interval);
    this.nextLook = nextBookmark;
  }

  boolean bookmarks() {
    return bookmarks;
  }

  /** How long to wait for events at most. */
  Duration untilNextBeat() {
    Instant beat = bookmarks && nextBookmark.isBefore(end) ? nextBookmark : end;
    Duration left = Duration.between(clock.instant(), beat);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The same for those who look now and then whether all is still well. */
  Duration untilNextLook() {
    Duration beat = untilNextBeat();
    Duration look = Duration.between(clock.instant(), nextLook);
    Duration first = beat.compareTo(look) < 0 ? beat : look;
    return first.isNegative() ? Duration.ZERO : first;
  }

  /** Whether it is time to look; the next one is then due an interval later. */
  boolean lookDue() {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return false;
    }
    nextLook = now.plus(interval);
    return true;
  }

  /** Whether it is time for a bookmark; the next one is then due an interval later. */
  boolean bookmarkDue() {
    Instant now = clock.instant();
    if (!bookmarks || now.isBefore(nextBookmark)) {
      return false;
    }
    nextBookmark = now.plus(interval);
    return true;
  }

  boolean over() {
    return !clock.instant().isBefore(end);
  }
}
