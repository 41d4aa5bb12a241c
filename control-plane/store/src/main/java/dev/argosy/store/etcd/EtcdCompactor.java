package dev.argosy.store.etcd;

import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts etcd's history from time to time, so that it keeps what is younger than a given age and
 * at most one and a half times that. Every server may run one; more than one does no harm.
 *
 * <p>The revision compacted to is always one that wrote the fence. etcd drops a deletion that
 * stands at the very revision of a compaction, and a watch that resumes there would miss it.
 */
public final class EtcdCompactor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EtcdCompactor.class);

  private final EtcdStore store;
  private final Duration history;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param history how long to keep at least; five minutes or more in production
   */
  public EtcdCompactor(EtcdStore store, Duration history) {
    this.store = store;
    this.history = history;
  }

  /** Starts; answers itself. */
  public EtcdCompactor start() {
    Thread.ofVirtual().name("etcd-compactor").start(this::run);
    return this;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    Marks marks = new Marks(0, 0);
    try {
      do {
        marks = round(marks);
      } while (!closed.await(history.toMillis() / 2, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The fences of the two rounds before; 0 where there was none. */
  private record Marks(long older, long newer) {}

  /** Compacts to the mark of two rounds ago, and sets one. */
  private Marks round(Marks marks) {
    try {
      if (marks.older > 0) {
        store.compact(marks.older);
        LOG.debug("compacted to revision {}", marks.older);
      }
      return new Marks(marks.newer, store.writeFence());
    } catch (StoreUnavailableException e) {
      LOG.warn("no compaction this time: {}", e.getMessage());
      return new Marks(0, 0);
    }
  }
}
