package dev.argosy.agent.runtime.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In which order a log's files come, while somebody else rotates them. */
interface Succession {

  /**
   * Opens the file that came right after one.
   *
   * @param last the one that was opened last; null for none: the oldest is meant
   * @return empty if there is none yet. If the last one is not kept any more, the oldest.
   */
  Optional<LineFile> after(@Nullable LineFile last) throws IOException;

  static Succession of(LogFiles log) {
    return switch (log.numbers()) {
      case STAY -> new StayingNumbers(log);
      case MOVE -> new MovingNumbers(log);
    };
  }

  /**
   * Opens a file that has two names for a while.
   *
   * @param whole where it is complete, if it is there
   * @param other where it may be there in part, while the first is there
   */
  static Optional<LineFile> either(Path whole, Path other) throws IOException {
    while (true) {
      Optional<LineFile> found = LineFile.open(whole);
      if (found.isPresent()) {
        return found;
      }
      found = LineFile.open(other);
      if (!Files.exists(whole)) {
        return found;
      }
      if (found.isPresent()) {
        found.get().close();
      }
    }
  }
}
