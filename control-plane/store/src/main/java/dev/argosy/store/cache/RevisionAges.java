package dev.argosy.store.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How old revisions are: remembers which one was reached when. States end by age even where nothing
 * changed since, so that who pages through one for too long hears of it after a bounded time, as
 * with any Kubernetes API server. Used by the feed's keeper only.
 */
final class RevisionAges {

  private record Mark(long millis, long revision) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
  private final long historyMillis;
  private final Clock clock;

  RevisionAges(Duration history, Clock clock) {
    this.historyMillis = history.toMillis();
    this.clock = clock;
  }

  /** This revision is reached now. Answers the newest that was reached longer ago than history. */
  long mark(long revision) {
    long now = clock.millis();
    long old = 0;
    marks.addLast(new Mark(now, revision));
    while (now - marks.getFirst().millis() > historyMillis) {
      old = marks.removeFirst().revision();
    }
    return old;
  }
}
