package dev.argosy.store.etcd;

import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts etcd's history from time to time, so that it keeps what is younger than a given age and
 * at most one and a half times that. Every server may run one; more than one does no harm.
 *
 * <p>The revision compacted to is always one that wrote the fence. etcd drops a deletion that
 * stands at the very revision of a compaction, and a watch that resumes there would miss it.
 *
 * <p>A reader that is behind holds compaction back, but not for ever.
 */
public final class EtcdCompactor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EtcdCompactor.class);

  /** A fence of before the one before is old enough. */
  private static final int YOUNG = 2;

  private final EtcdStore store;
  private final Duration history;
  private final Reader reader;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Deque<Long> fences = new ArrayDeque<>();

  /**
   * Somebody who reads all of the history.
   *
   * @param position the revision up to which it is read; {@link Long#MAX_VALUE} if nobody reads
   * @param most how long history is kept at least for who is behind
   */
  public record Reader(LongSupplier position, Duration most) {
    static final Reader NONE = new Reader(() -> Long.MAX_VALUE, Duration.ZERO);
  }

  /**
   * @param history how long to keep at least; five minutes or more in production
   */
  public EtcdCompactor(EtcdStore store, Duration history) {
    this(store, history, Reader.NONE);
  }

  /** The same, with regard for a reader. */
  public EtcdCompactor(EtcdStore store, Duration history, Reader reader) {
    this.store = store;
    this.history = history;
    this.reader = reader;
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
    try {
      do {
        round();
      } while (!closed.await(history.toMillis() / 2, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Compacts to the newest fence that is old enough and read, and sets one. For tests, too. */
  void round() {
    try {
      long done = due();
      if (done > 0) {
        store.compact(done);
        LOG.debug("compacted to revision {}", done);
      }
      fences.addLast(store.writeFence());
    } catch (StoreUnavailableException e) {
      LOG.warn("no compaction this time: {}", e.getMessage());
      fences.clear();
    }
  }

  /** The fence to compact to, which is forgotten with those before it; 0 for none. */
  private long due() {
    long read = reader.position().getAsLong();
    long most = 2 * reader.most().dividedBy(history);
    long due = 0;
    while (fences.size() >= YOUNG
        && (fences.getFirst() <= read || fences.size() >= Math.max(YOUNG, most))) {
      due = fences.removeFirst();
    }
    return due;
  }
}
