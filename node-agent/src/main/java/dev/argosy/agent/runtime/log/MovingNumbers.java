package dev.argosy.agent.runtime.log;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files that move up by one at each rotation, the highest first, the present one last, which is
 * away for a moment then. None ever moves down or overtakes another: if a file is at its number
 * before and after another one was opened from the next lower number, that one came right after it.
 */
final class MovingNumbers implements Succession {

  private final LogFiles log;

  /** The number at which the last file was opened: it has that one or a higher one now. */
  private int opened;

  MovingNumbers(LogFiles log) {
    this.log = log;
  }

  @Override
  public Optional<LineFile> after(@Nullable LineFile last) throws IOException {
    if (last == null) {
      return oldest();
    }
    if (last.isAt(log.present())) {
      return Optional.empty();
    }
    int number = Math.max(1, opened);
    while (true) {
      number = numberOf(last, number);
      if (number == 0) {
        return oldest();
      }
      int lower = number - 1;
      while (lower > 0 && !exists(lower)) {
        lower--; // where files are moving right now, a number is empty
      }
      Optional<LineFile> next = open(lower);
      if (has(number, last) && noneBetween(lower, number)) {
        opened = next.isPresent() ? lower : opened;
        return next;
      }
      if (next.isPresent()) {
        next.get().close(); // moved meanwhile
      }
    }
  }

  /**
   * Where a file is now.
   *
   * @param from it is not at a lower number
   * @return 0 if it is not kept any more
   */
  private int numberOf(LineFile file, int from) throws IOException {
    int highest = highest();
    for (int number = from; number <= highest; number++) {
      if (has(number, file)) {
        return number;
      }
      highest = number == highest ? highest() : highest;
    }
    return 0;
  }

  private boolean has(int number, LineFile file) throws IOException {
    Optional<LineFile> found = open(number);
    if (found.isEmpty()) {
      return false;
    }
    try (LineFile one = found.get()) {
      return one.same(file);
    }
  }

  private boolean noneBetween(int lower, int upper) {
    for (int number = lower + 1; number < upper; number++) {
      if (exists(number)) {
        return false;
      }
    }
    return true;
  }

  private boolean exists(int number) {
    return Files.exists(log.rotated(number)) || Files.exists(log.packed(number));
  }

  /** The present file is number 0. While a file is being compressed, it is there as it was. */
  private Optional<LineFile> open(int number) throws IOException {
    return number == 0
        ? LineFile.open(log.present())
        : Succession.either(log.rotated(number), log.packed(number));
  }

  private Optional<LineFile> oldest() throws IOException {
    while (true) {
      int highest = highest();
      Optional<LineFile> oldest = open(highest);
      if (highest() <= highest && (oldest.isPresent() || highest == 0)) {
        opened = highest;
        return oldest;
      }
      if (oldest.isPresent()) {
        oldest.get().close(); // moved meanwhile
      }
    }
  }

  private int highest() throws IOException {
    Integer highest = log.all().pollLast();
    return highest == null ? 0 : highest;
  }
}
