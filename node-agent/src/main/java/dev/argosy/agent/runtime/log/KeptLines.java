package dev.argosy.agent.runtime.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all files of a log and, where they are followed, of those of later rotations. A file
 * that was rotated is looked at until the next rotation: a runtime may write a last line to it
 * after the new one has begun.
 */
final class KeptLines implements AutoCloseable {

  private final LogFiles log;
  private final Succession succession;
  private final boolean follow;

  /** Those yet to be read, the one that is read first. */
  private final Deque<LineFile> files = new ConcurrentLinkedDeque<>();

  private volatile @Nullable LineFile before;

  private KeptLines(LogFiles log, boolean follow) {
    this.log = log;
    this.succession = Succession.of(log);
    this.follow = follow;
  }

  /**
   * From the oldest on.
   *
   * @param follow whether what is written later is wanted, too
   */
  static KeptLines open(LogFiles log, boolean follow) throws IOException {
    KeptLines lines = new KeptLines(log, follow);
    try {
      lines.openAll();
      return lines;
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /** Up to the one that is written to now; an open file stays, though it is rotated away. */
  private void openAll() throws IOException {
    Optional<LineFile> present = LineFile.open(log.present());
    try {
      Optional<LineFile> next = succession.after(null);
      while (next.isPresent()) {
        LineFile file = next.get();
        files.add(file);
        boolean newest = present.isPresent() && file.same(present.get());
        next = newest ? Optional.empty() : succession.after(file);
      }
    } finally {
      if (present.isPresent()) {
        present.get().close();
      }
    }
    if (!follow && !files.isEmpty()) {
      files.getLast().endHere();
    }
  }

  /** How many of the wanted lines come before the last so many. Older files are let go. */
  long before(long last, Predicate<byte[]> wanted) throws IOException {
    List<LineFile> newestFirst = new ArrayList<>(files).reversed();
    long lines = 0;
    for (LineFile one : newestFirst) {
      if (lines >= last && one != newestFirst.getFirst()) {
        files.remove(one);
        one.close();
        continue;
      }
      for (byte[] line = one.next(); line != null; line = one.next()) {
        lines += wanted.test(line) ? 1 : 0;
      }
      one.rewind();
    }
    return Math.max(0, lines - last);
  }

  /** The next line; null if there is none yet. */
  byte @Nullable [] next() throws IOException {
    while (true) {
      LineFile present = files.peekFirst();
      byte[] line = present == null ? null : present.next();
      if (line != null) {
        return line;
      }
      boolean over =
          present == null || files.size() > 1 || (follow && present.replacedAt(log.present()));
      if (!over) {
        return late();
      }
      line = present == null ? null : present.next(); // what came before it was replaced
      if (line != null) {
        return line;
      }
      if (!advance(present)) {
        return late();
      }
    }
  }

  /** Goes on to the next file, if there is one. */
  private boolean advance(@Nullable LineFile present) throws IOException {
    if (files.size() <= 1 && follow) {
      succession.after(present).ifPresent(files::add);
    }
    if (files.size() <= (present == null ? 0 : 1)) {
      return false;
    }
    if (present != null) {
      files.remove(present);
      LineFile last = before;
      before = present;
      if (last != null) {
        last.close();
      }
    }
    return true;
  }

  private byte @Nullable [] late() throws IOException {
    LineFile last = before;
    return last == null || !follow ? null : last.next();
  }

  @Override
  public void close() throws IOException {
    for (LineFile one : files) {
      one.close();
    }
    LineFile last = before;
    if (last != null) {
      last.close();
    }
  }
}
