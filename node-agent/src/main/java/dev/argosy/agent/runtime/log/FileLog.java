package dev.argosy.agent.runtime.log;

import dev.argosy.agent.runtime.log.FolderChanges.Told;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A container's log: the files that were rotated, then the present one and, when following, those
 * that come after it. The kernel tells of new lines; whether the container has ended is asked when
 * none came for a second, or when something else changes beside the log.
 */
public final class FileLog implements LogReader {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSX").withZone(ZoneOffset.UTC);

  /** Whether a container writes no more. */
  @FunctionalInterface
  public interface Ended {
    boolean ended() throws RuntimeFailure;
  }

  private final LogFiles log;
  private final LineFormat format;
  private final LogQuery query;
  private final Ended container;
  private final KeptLines lines;

  /** The outputs of which a line has begun. */
  private final Set<Source> begun = EnumSet.noneOf(Source.class);

  private final @Nullable FolderChanges changes;
  private @Nullable Chunk ahead;
  private long skipped;
  private boolean asked;
  private boolean ended;
  private volatile boolean closed;

  private FileLog(
      LogFiles log,
      LineFormat format,
      LogQuery query,
      Ended container,
      KeptLines lines,
      @Nullable FolderChanges changes) {
    this.log = log;
    this.format = format;
    this.query = query;
    this.container = container;
    this.lines = lines;
    this.changes = changes;
  }

  /**
   * Reads all files that are kept, oldest first.
   *
   * @param container asked while the log is followed
   * @throws IOException if a file is there and cannot be read
   */
  public static FileLog open(LogFiles log, LineFormat format, LogQuery query, Ended container)
      throws IOException {
    FolderChanges changes = query.follow() ? FolderChanges.of(log) : null;
    try {
      KeptLines lines = KeptLines.open(log, query.follow());
      FileLog opened = new FileLog(log, format, query, container, lines, changes);
      opened.cut();
      return opened;
    } catch (IOException e) {
      if (changes != null) {
        changes.close();
      }
      throw e;
    }
  }

  private void cut() throws IOException {
    if (query.tailLines() >= 0) {
      try {
        skipped = lines.before(query.tailLines(), this::endsWantedLine);
      } catch (IOException e) {
        close();
        throw e;
      }
    }
  }

  private boolean endsWantedLine(byte[] line) {
    return format.parse(line).filter(this::wanted).filter(LogLine::whole).isPresent();
  }

  private boolean wanted(LogLine line) {
    boolean source = line.source() == Source.STDERR ? query.stderr() : query.stdout();
    return source && (query.since() == null || !line.time().isBefore(query.since()));
  }

  @Override
  public @Nullable Chunk next() throws RuntimeFailure, InterruptedException {
    while (true) {
      Chunk chunk = present();
      ahead = null;
      if (chunk != null || closed || changes == null || ended) {
        return chunk;
      }
      await(changes);
    }
  }

  @Override
  public boolean ready() throws RuntimeFailure {
    return present() != null;
  }

  /** The next piece that is there without waiting. */
  private @Nullable Chunk present() throws RuntimeFailure {
    try {
      while (ahead == null && !closed) {
        byte[] line = lines.next();
        if (line == null) {
          return null;
        }
        ahead = format.parse(line).filter(this::wanted).flatMap(this::chunk).orElse(null);
      }
      return ahead;
    } catch (IOException e) {
      if (closed) {
        return null;
      }
      throw new RuntimeFailure(
          Kind.REFUSED, "cannot read the log in " + log.folder() + ": " + e.getMessage());
    }
  }

  private Optional<Chunk> chunk(LogLine line) {
    if (skipped > 0) {
      skipped -= line.whole() ? 1 : 0;
      return Optional.empty();
    }
    boolean first = line.whole() ? !begun.remove(line.source()) : begun.add(line.source());
    return Optional.of(
        new Chunk(
            line.source(),
            query.timestamps() && first ? timed(line.time(), line.content()) : line.content()));
  }

  private static byte[] timed(Instant time, byte[] content) {
    byte[] before = (TIME.format(time) + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[before.length + content.length];
    System.arraycopy(before, 0, text, 0, before.length);
    System.arraycopy(content, 0, text, before.length, content.length);
    return text;
  }

  /** Waits for a change of the folder; at first, and without one, asks whether more can come. */
  private void await(FolderChanges told) throws RuntimeFailure, InterruptedException {
    Told change = asked ? told.await() : Told.NOTHING;
    asked = true;
    switch (change) {
      case NOTHING, OTHER -> ended = container.ended();
      case CLOSED -> closed = true;
      case LOG -> {}
    }
  }

  @Override
  public void close() {
    closed = true;
    if (changes != null) {
      changes.close();
    }
    try {
      lines.close();
    } catch (IOException closingAnyway) {
      // nothing is left to be released
    }
  }
}
