package dev.argosy.agent.runtime.cri.log;

import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A container's log: the files that were rotated, then the present one and, when following, those
 * that come after it. The kernel tells of new lines; whether the container has ended is asked when
 * none came for a second.
 */
final class FileLog implements LogReader {

  private final LogFiles log;
  private final LogQuery query;
  private final LogFolders.Ended container;
  private final KeptLines lines;

  /** The outputs of which a line has begun. */
  private final Set<Source> begun = EnumSet.noneOf(Source.class);

  private final @Nullable WatchService watch;
  private @Nullable Chunk ahead;
  private long skipped;
  private boolean asked;
  private boolean ended;
  private volatile boolean closed;

  private FileLog(
      LogFiles log,
      LogQuery query,
      LogFolders.Ended container,
      KeptLines lines,
      @Nullable WatchService watch) {
    this.log = log;
    this.query = query;
    this.container = container;
    this.lines = lines;
    this.watch = watch;
  }

  static FileLog open(LogFiles log, LogQuery query, LogFolders.Ended container) throws IOException {
    WatchService watch = query.follow() ? log.folder().getFileSystem().newWatchService() : null;
    if (watch != null) {
      log.folder()
          .register(
              watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    }
    FileLog opened;
    try {
      opened = new FileLog(log, query, container, KeptLines.open(log), watch);
    } catch (IOException e) {
      if (watch != null) {
        watch.close();
      }
      throw e;
    }
    opened.cut();
    return opened;
  }

  private void cut() throws IOException {
    if (query.tailLines() >= 0) {
      try {
        skipped =
            lines.before(
                query.tailLines(),
                line ->
                    LogLine.parse(line).filter(this::wanted).filter(LogLine::whole).isPresent());
      } catch (IOException e) {
        close();
        throw e;
      }
    }
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
      if (chunk != null || closed || !query.follow() || ended) {
        return chunk;
      }
      try {
        await();
      } catch (ClosedWatchServiceException e) {
        return null;
      }
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
        ahead = LogLine.parse(line).filter(this::wanted).flatMap(this::chunk).orElse(null);
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
    return Optional.of(new Chunk(line.source(), line.text(query.timestamps() && first)));
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
      lines.close();
    } catch (IOException closingAnyway) {
      // nothing is left to be released
    }
  }
}
