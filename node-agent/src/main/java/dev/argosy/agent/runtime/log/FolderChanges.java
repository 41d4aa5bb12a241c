package dev.argosy.agent.runtime.log;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for changes of a log's folder, of which the kernel tells. It lets each user watch so many
 * only (128 by Linux' default); whoever comes later looks four times a second.
 */
final class FolderChanges implements AutoCloseable {

  /** How a wait ended. */
  enum Told {
    /** The log may have grown. */
    LOG,

    /** Another file of the folder has changed. */
    OTHER,

    /** Nothing was told for a while. */
    NOTHING,

    CLOSED
  }

  private static final long PATIENCE_MILLIS = 1000;
  private static final long LOOK_MILLIS = 250;

  private final LogFiles log;
  private final @Nullable WatchService watch;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long waited;

  private FolderChanges(LogFiles log, @Nullable WatchService watch) {
    this.log = log;
    this.watch = watch;
  }

  /** Changes from now on. */
  static FolderChanges of(LogFiles log) {
    return new FolderChanges(log, watch(log.folder()));
  }

  private static @Nullable WatchService watch(Path folder) {
    WatchService watch = null;
    try {
      watch = folder.getFileSystem().newWatchService();
      folder.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      return watch;
    } catch (IOException noMoreOrNoSuchFolder) {
      close(watch);
      return null;
    }
  }

  Told await() throws InterruptedException {
    WatchService service = watch;
    if (service == null) {
      return look();
    }
    try {
      WatchKey key = service.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return key == null ? Told.NOTHING : told(key);
    } catch (ClosedWatchServiceException e) {
      return Told.CLOSED;
    }
  }

  private Told told(WatchKey key) {
    Told told = Told.LOG;
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.context() instanceof Path file && !log.has(file)) {
        told = Told.OTHER;
      }
    }
    key.reset();
    return told;
  }

  private Told look() throws InterruptedException {
    if (closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      return Told.CLOSED;
    }
    waited += LOOK_MILLIS;
    return waited % PATIENCE_MILLIS == 0 ? Told.NOTHING : Told.LOG;
  }

  private static void close(@Nullable WatchService watch) {
    try {
      if (watch != null) {
        watch.close();
      }
    } catch (IOException closingAnyway) {
      // nothing is left to be released
    }
  }

  @Override
  public void close() {
    closed.countDown();
    close(watch);
  }
}
