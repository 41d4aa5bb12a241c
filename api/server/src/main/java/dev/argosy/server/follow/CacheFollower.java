package dev.argosy.server.follow;

import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.EventCursor;
import dev.argosy.store.cache.EventFilter;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener the state of a resource, then every change; begins anew when it fell behind. */
public final class CacheFollower implements AutoCloseable {

  /** Hears of the state and its changes, on one thread. */
  public interface Listener {

    /** The state as a whole; whatever was known before is void. */
    void reset(CacheSnapshot state);

    /** What changed since, in order. */
    void changed(List<CacheEvent> events);
  }

  private static final Logger LOG = LoggerFactory.getLogger(CacheFollower.class);
  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final WatchCache cache;
  private final Listener listener;
  private final CountDownLatch known = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  public CacheFollower(WatchCache cache, Listener listener) {
    this.cache = cache;
    this.listener = listener;
  }

  /** Begins to follow; does not wait. */
  public void start() {
    thread = Thread.ofVirtual().name("follow-" + cache.resource()).start(this::run);
  }

  /** Waits until the listener knows the first state; false if time is up. */
  public boolean awaitKnown(Duration timeout) throws InterruptedException {
    return known.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    over.countDown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private boolean closed() {
    return over.getCount() == 0;
  }

  private void run() {
    try {
      while (!closed()) {
        follow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    try {
      CacheSnapshot state = cache.snapshot();
      try (EventCursor cursor = cache.eventsAfter(state.revision(), EventFilter.ALL)) {
        listener.reset(state);
        known.countDown();
        while (!closed()) {
          List<CacheEvent> events = cursor.next(IDLE);
          if (!events.isEmpty()) {
            listener.changed(events);
          }
        }
      }
    } catch (CompactedException e) {
      LOG.debug("{}: fell behind, starting anew", cache.resource());
    } catch (StoreUnavailableException e) {
      LOG.debug("{}: the store is not there, trying again", cache.resource(), e);
      pause();
    } catch (RuntimeException e) {
      LOG.error("{}: a listener failed, starting anew", cache.resource(), e);
      pause();
    }
  }

  /** Waits a little; whether it ended because of closing is seen by the caller's loop. */
  private void pause() throws InterruptedException {
    if (over.await(RETRY.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.debug("{}: closed", cache.resource());
    }
  }
}
