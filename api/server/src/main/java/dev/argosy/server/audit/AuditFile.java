package dev.argosy.server.audit;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events as lines of JSON in a file that only its owner may read. When it is full it becomes {@code
 * NAME.1}, that one {@code NAME.2}, and so on. One thread writes.
 */
final class AuditFile implements AuditSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
  private static final int QUEUED = 10_000;

  private final Path file;
  private final long maxBytes;
  private final int backups;
  private final BatchQueue queue;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable Thread writer;

  /**
   * A file.
   *
   * @param maxBytes about where it ends
   * @param backups how many full ones are kept
   */
  AuditFile(Path file, long maxBytes, int backups, Metrics metrics) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.backups = backups;
    this.queue = new BatchQueue(QUEUED, metrics, "log");
  }

  /**
   * Begins to write.
   *
   * @throws IllegalArgumentException if the file cannot be written
   */
  void start() {
    try {
      open().close();
    } catch (IOException e) {
      throw new IllegalArgumentException("argosy.audit.log: cannot write " + file, e);
    }
    writer = Thread.ofVirtual().name("audit-file").start(this::run);
  }

  @Override
  public void accept(AuditEvent event) {
    queue.offer(event);
  }

  private void run() {
    try {
      while (!closed.get() || !queue.isEmpty()) {
        List<AuditEvent> batch = queue.next();
        if (!batch.isEmpty()) {
          write(batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<AuditEvent> batch) {
    try {
      rotate();
      try (FileChannel channel = open()) {
        for (AuditEvent event : batch) {
          byte[] json = Json.mapper().writeValueAsBytes(AuditEventJson.of(event));
          ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n');
          line.flip();
          while (line.hasRemaining()) {
            channel.write(line);
          }
        }
      }
      long gone = queue.takeLost();
      if (gone > 0) {
        LOG.warn("{} audit events did not get into {}: it was too slow", gone, file);
      }
    } catch (IOException | RuntimeException e) {
      queue.lost(batch.size());
      LOG.warn("{} audit events cannot be written to {}", batch.size(), file, e);
    }
  }

  private FileChannel open() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private void rotate() throws IOException {
    if (!Files.exists(file) || Files.size(file) < maxBytes) {
      return;
    }
    for (int number = backups - 1; number >= 1; number--) {
      if (Files.exists(backup(number))) {
        Files.move(backup(number), backup(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (backups > 0) {
      Files.move(file, backup(1), StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(file);
    }
  }

  private Path backup(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  /** Writes what is queued; waits a few seconds for that at most. */
  @Override
  public void close() {
    closed.set(true);
    Thread running = writer;
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
