package dev.argosy.agent.runtime.log;

import java.io.IOException;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files that keep their numbers. What is compressed is whole when it is there at all. */
final class StayingNumbers implements Succession {

  private static final int TRIES = 10;

  private final LogFiles log;

  /**
   * Of the newest file that was opened: the number that it has, or will have when it is rotated.
   */
  private int reached;

  StayingNumbers(LogFiles log) {
    this.log = log;
  }

  /** There may have been several rotations since the last one was opened. */
  @Override
  public Optional<LineFile> after(@Nullable LineFile last) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      TreeSet<Integer> all = log.all();
      Integer later = all.higher(reached);
      if (later == null && last != null && !last.replacedAt(log.present())) {
        return Optional.empty();
      }
      Optional<LineFile> next =
          later == null
              ? LineFile.open(log.present())
              : Succession.either(log.packed(later), log.rotated(later));
      if (next.isEmpty() && later == null) {
        return next;
      }
      if (next.isPresent()) {
        if (log.all().equals(all)) {
          reached = later != null ? later : Math.max(reached, all.isEmpty() ? 0 : all.last()) + 1;
          return next;
        }
        next.get().close(); // rotated meanwhile
      }
    }
    return Optional.empty();
  }
}
