package dev.argosy.store.seal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a pass has come.
 *
 * @param begun null if there was none yet
 * @param ended null while it runs, or if it was cut short
 * @param seen values looked at
 * @param written those that were sealed anew
 * @param failed those that could not be; see the server's troubles
 */
public record SealProgress(
    @Nullable Instant begun, @Nullable Instant ended, long seen, long written, long failed) {

  static final SealProgress NONE = new SealProgress(null, null, 0, 0, 0);

  /** What came of one value. */
  enum Outcome {
    AS_IT_SHOULD,
    WRITTEN,
    FAILED
  }

  static SealProgress begun(Instant now) {
    return new SealProgress(now, null, 0, 0, 0);
  }

  SealProgress with(Outcome outcome) {
    return new SealProgress(
        begun,
        null,
        seen + 1,
        written + (outcome == Outcome.WRITTEN ? 1 : 0),
        failed + (outcome == Outcome.FAILED ? 1 : 0));
  }

  SealProgress ended(Instant now) {
    return new SealProgress(begun, now, seen, written, failed);
  }
}
