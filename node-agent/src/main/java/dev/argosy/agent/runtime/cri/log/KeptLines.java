package dev.argosy.agent.runtime.cri.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all files of a log, those of later rotations included. A file that was rotated is
 * looked at until the next rotation: the runtime may write a last line to it after the new one has
 * begun.
 */
final class KeptLines implements AutoCloseable {

  private static final int TRIES = 10;

  private final LogFiles log;
  private final Path file;

  /** Those yet to be read, the one that is read first. */
  private final Deque<LineFile> files = new ConcurrentLinkedDeque<>();

  private volatile @Nullable LineFile before;

  /**
   * Of the newest file that was opened: the number that it has, or will have when it is rotated.
   */
  private int reached;

  private KeptLines(LogFiles log) {
    this.log = log;
    this.file = log.present();
  }

  static KeptLines open(LogFiles log) throws IOException {
    KeptLines lines = new KeptLines(log);
    try {
      for (int tries = 0; !lines.openAll() && tries < TRIES; tries++) {
        lines.closeAll(); // rotated between the listing and the opening
      }
      return lines;
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  private boolean openAll() throws IOException {
    TreeMap<Integer, Path> listed = log.rotated();
    for (Map.Entry<Integer, Path> one : listed.entrySet()) {
      Optional<LineFile> opened = LineFile.open(one.getValue());
      if (opened.isEmpty()) {
        return false;
      }
      files.add(opened.get());
    }
    Optional<LineFile> present = LineFile.open(file);
    present.ifPresent(files::add);
    reached = (listed.isEmpty() ? 0 : listed.lastKey()) + (present.isPresent() ? 1 : 0);
    return log.rotated().equals(listed);
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
      boolean replaced = present == null || files.size() > 1 || present.replacedAt(file);
      if (!replaced) {
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
    if (files.size() <= 1) {
      Optional<LineFile> next = following();
      if (next.isEmpty()) {
        return false;
      }
      files.add(next.get());
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

  /** The file after the newest that was opened; there may have been several rotations since. */
  private Optional<LineFile> following() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      TreeMap<Integer, Path> listed = log.rotated();
      Map.Entry<Integer, Path> later = listed.higherEntry(reached);
      Optional<LineFile> next = LineFile.open(later == null ? file : later.getValue());
      if (next.isEmpty() && later == null) {
        return next;
      }
      if (next.isPresent()) {
        if (log.rotated().equals(listed)) {
          reached =
              later != null
                  ? later.getKey()
                  : Math.max(reached, listed.isEmpty() ? 0 : listed.lastKey()) + 1;
          return next;
        }
        next.get().close(); // rotated meanwhile
      }
    }
    return Optional.empty();
  }

  private byte @Nullable [] late() throws IOException {
    LineFile last = before;
    return last == null ? null : last.next();
  }

  private void closeAll() throws IOException {
    for (LineFile one = files.poll(); one != null; one = files.poll()) {
      one.close();
    }
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
