package dev.argosy.agent.runtime.cri.log;

import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A container's log: the file that was rotated, then the present one and, when following, those
 * that come after it. The kernel tells of new lines; whether the container has ended is asked when
 * none came for a second.
 */
final class FileLog implements LogReader {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSX").withZone(ZoneOffset.UTC);

  private final Path file;
  private final LogQuery query;
  private final LogFolders.Ended container;
  private final Deque<LineFile> files = new ConcurrentLinkedDeque<>();

  /** The outputs of which a line has begun. */
  private final Set<Source> begun = EnumSet.noneOf(Source.class);

  private final @Nullable WatchService watch;
  private long skipped;
  private boolean asked;
  private boolean ended;
  private volatile boolean closed;

  private FileLog(
      Path file, LogQuery query, LogFolders.Ended container, @Nullable WatchService watch) {
    this.file = file;
    this.query = query;
    this.container = container;
    this.watch = watch;
  }

  static FileLog open(Path file, Path rotated, LogQuery query, LogFolders.Ended container)
      throws IOException {
    FileLog log =
        new FileLog(
            file, query, container, query.follow() ? file.getFileSystem().newWatchService() : null);
    try {
      log.begin(rotated);
      return log;
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  private void begin(Path rotated) throws IOException {
    if (watch != null) {
      Path folder = Objects.requireNonNull(file.getParent());
      folder.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    }
    Optional<LineFile> present = LineFile.open(file);
    Optional<LineFile> before = LineFile.open(rotated);
    before.ifPresent(files::add);
    if (present.isPresent()) {
      if (before.isPresent() && before.get().same(present.get())) {
        present.get().close(); // rotated between the two: the next one is yet to be opened
      } else {
        files.add(present.get());
      }
    }
    if (query.tailLines() >= 0) {
      skipped = Math.max(0, count() - query.tailLines());
    }
  }

  private long count() throws IOException {
    long lines = 0;
    for (LineFile one : files) {
      for (byte[] line = one.next(); line != null; line = one.next()) {
        if (LogLine.parse(line).filter(this::wanted).filter(LogLine::whole).isPresent()) {
          lines++;
        }
      }
      one.rewind();
    }
    return lines;
  }

  private boolean wanted(LogLine line) {
    boolean source = line.source() == Source.STDERR ? query.stderr() : query.stdout();
    return source && (query.since() == null || !line.time().isBefore(query.since()));
  }

  @Override
  public @Nullable Chunk next() throws RuntimeFailure, InterruptedException {
    try {
      while (!closed) {
        byte[] line = line();
        if (line != null) {
          Optional<Chunk> chunk = LogLine.parse(line).filter(this::wanted).flatMap(this::chunk);
          if (chunk.isPresent()) {
            return chunk.get();
          }
        } else if (!query.follow() || ended) {
          return null;
        } else {
          await();
        }
      }
      return null;
    } catch (IOException | ClosedWatchServiceException e) {
      if (closed) {
        return null;
      }
      throw new RuntimeFailure(Kind.REFUSED, "cannot read the log: " + e.getMessage());
    }
  }

  private byte @Nullable [] line() throws IOException {
    while (true) {
      LineFile present = files.peekFirst();
      boolean replaced = present == null || files.size() > 1 || present.replacedAt(file);
      byte[] line = present == null ? null : present.next();
      if (line != null || !replaced) {
        return line;
      }
      if (files.size() > 1) {
        files.removeFirst().close();
      } else {
        Optional<LineFile> next = LineFile.open(file);
        if (next.isEmpty()) {
          return null;
        }
        if (present != null) {
          files.removeFirst().close();
        }
        files.add(next.get());
      }
    }
  }

  private Optional<Chunk> chunk(LogLine line) {
    if (skipped > 0) {
      skipped -= line.whole() ? 1 : 0;
      return Optional.empty();
    }
    boolean first = line.whole() ? !begun.remove(line.source()) : begun.add(line.source());
    String time = query.timestamps() && first ? TIME.format(line.time()) + " " : "";
    String end = line.whole() ? "\n" : "";
    byte[] bytes = new byte[time.length() + line.content().length + end.length()];
    System.arraycopy(ascii(time), 0, bytes, 0, time.length());
    System.arraycopy(line.content(), 0, bytes, time.length(), line.content().length);
    System.arraycopy(ascii(end), 0, bytes, bytes.length - end.length(), end.length());
    return Optional.of(new Chunk(line.source(), bytes));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Waits for a change of the folder; at first, and without one, asks whether more can come. */
  private void await() throws RuntimeFailure, InterruptedException {
    WatchKey key = watch == null || !asked ? null : watch.poll(1, TimeUnit.SECONDS);
    asked = true;
    if (key == null) {
      ended = container.ended();
    } else {
      key.pollEvents();
      key.reset();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (watch != null) {
        watch.close();
      }
      for (LineFile one : files) {
        one.close();
      }
    } catch (IOException closingAnyway) {
      // nothing is left to be released
    }
  }
}
