package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one watch of a store that feeds all caches. A keeper thread starts with the first cache,
 * opens the watch, and opens it anew when it fails: behind the last revision seen if the store
 * still has that history, else at the current one with every cache listed again.
 */
final class StoreFeed {

  private static final Logger LOG = LoggerFactory.getLogger(StoreFeed.class);
  private static final long PAUSE_MILLIS = 250;
  private static final Duration EXPIRY = Duration.ofSeconds(30);

  private final ResourceStore store;
  private final CurrentRevision current;
  private final RevisionAges ages;
  private final Map<GroupResource, Contents> contents = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by this. */
  private boolean started;

  /** Guarded by this: whether a watch is open, so that listings may begin. */
  private boolean open;

  private volatile @Nullable StoreWatch watch;
  private volatile @Nullable FeedListener listener;

  StoreFeed(ResourceStore store, RevisionAges ages) {
    this.store = store;
    this.ages = ages;
    this.current = new CurrentRevision(store);
  }

  /** Feeds these contents from now on, after a listing. */
  synchronized void add(GroupResource resource, Contents added) {
    contents.put(resource, added);
    if (!started) {
      started = true;
      Thread.ofVirtual().name("store-feed").start(this::keep);
    } else if (open) {
      load(resource, added);
    }
  }

  long currentRevision() {
    return current.read();
  }

  void requestProgress() {
    StoreWatch running = watch;
    if (running != null) {
      running.requestProgress();
    }
  }

  void close() {
    closed.countDown();
    FeedListener current = listener;
    if (current != null) {
      current.failed(new StoreUnavailableException("the caches were closed"));
    }
    contents.values().forEach(c -> c.log().close());
    contents.values().forEach(c -> c.gate().release());
  }

  private void keep() {
    long resumeAfter = 0;
    while (!isClosed()) {
      try {
        resumeAfter = follow(resumeAfter);
      } catch (StoreUnavailableException e) {
        LOG.warn("the store cannot be watched: {}", e.getMessage());
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Watches until the watch fails; answers the revision to resume behind, 0 if history is lost. */
  private long follow(long resumeAfter) throws InterruptedException {
    long start = resumeAfter == 0 ? store.currentRevision() : resumeAfter;
    FeedListener fresh = new FeedListener(contents, start);
    listener = fresh;
    try (StoreWatch opened = store.watch(start, fresh)) {
      watch = opened;
      if (resumeAfter == 0) {
        loadAll();
      }
      while (!isClosed() && !fresh.awaitEnd(EXPIRY)) {
        long old = ages.mark(fresh.delivered());
        contents.values().forEach(c -> c.log().expire(old));
      }
    } finally {
      watch = null;
    }
    return isClosed() ? 0 : afterFailure(fresh);
  }

  private long afterFailure(FeedListener failed) {
    RuntimeException cause = failed.cause();
    if (cause instanceof CompactedException) {
      LOG.warn("history of the store was lost, listing again: {}", cause.getMessage());
      forgetAll();
      return 0;
    }
    LOG.warn("the watch of the store failed, resuming", cause);
    pause();
    return failed.delivered();
  }

  /** Before the next watch delivers anything, so that no cache shows events behind a gap. */
  private synchronized void forgetAll() {
    open = false;
    contents.values().forEach(Contents::beginLoading);
  }

  private synchronized void loadAll() {
    open = true;
    contents.forEach(this::load);
  }

  private void load(GroupResource resource, Contents target) {
    long ticket = target.beginLoading();
    Thread.ofVirtual().name("cache-load-" + resource).start(() -> load(resource, target, ticket));
  }

  private void load(GroupResource resource, Contents target, long ticket) {
    while (!isClosed() && target.waitsFor(ticket)) {
      try {
        Listing listing = Listing.read(store, resource, target.root().tree());
        if (target.finishLoading(ticket, listing)) {
          return;
        }
        LOG.error("{}: the store went back behind what was read from it before", resource);
      } catch (StoreUnavailableException | CompactedException e) {
        LOG.warn("{} cannot be listed: {}", resource, e.getMessage());
      }
      pause();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() {
    try {
      boolean ended = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      LOG.trace("paused, closed: {}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
