package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * All objects of one resource, over all logical clusters, kept current by the store's watch. Any
 * thread may call. The first call waits for the first listing and throws {@link
 * StoreUnavailableException} if that takes too long; later calls never wait for the store unless
 * they say so.
 */
public final class WatchCache {

  /** How long a revision may take to arrive by itself before progress is asked for. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long ASK_AGAIN = TimeUnit.MILLISECONDS.toNanos(250);

  private final GroupResource resource;
  private final Contents contents;
  private final StoreFeed feed;
  private final Duration startTimeout;

  WatchCache(GroupResource resource, Contents contents, StoreFeed feed, Duration startTimeout) {
    this.resource = resource;
    this.contents = contents;
    this.feed = feed;
    this.startTimeout = startTimeout;
  }

  public GroupResource resource() {
    return resource;
  }

  /** Whether the first listing is there, so that {@link #snapshot} need not wait. */
  public boolean loaded() {
    return contents.gate().reached() > 0 && !contents.log().closed();
  }

  /** The newest state that this cache has; may lag behind the store, never goes back. */
  public CacheSnapshot snapshot() {
    awaitStart();
    long reached = contents.gate().reached();
    Contents.Root root = contents.root();
    return new CacheSnapshot(Math.max(reached, root.revision()), root.tree(), root.unreadable());
  }

  /** The newest state that this cache has, without waiting; empty until it is first loaded. */
  public Optional<CacheSnapshot> peek() {
    if (!loaded()) {
      return Optional.empty();
    }
    Contents.Root root = contents.root();
    return Optional.of(new CacheSnapshot(root.revision(), root.tree(), root.unreadable()));
  }

  /**
   * A state that is at least as new as the store's at the time of this call: what a consistent read
   * needs. Concurrent callers share their question to the store.
   *
   * @throws StoreUnavailableException if it cannot be had in time
   */
  public CacheSnapshot currentSnapshot(Duration timeout) {
    long revision = feed.currentRevision();
    if (!awaitRevision(revision, timeout)) {
      throw new StoreUnavailableException(
          resource + ": the cache did not reach revision " + revision + " in " + timeout);
    }
    return snapshot();
  }

  /**
   * Waits until the cache shows everything up to a revision, whether or not objects of this
   * resource changed in it.
   *
   * @return false if time is up
   */
  public boolean awaitRevision(long revision, Duration timeout) {
    awaitStart();
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean reached = await(revision, Math.min(PATIENCE, timeout.toNanos()));
    while (!reached) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      feed.requestProgress();
      reached = await(revision, Math.min(ASK_AGAIN, left));
    }
    return true;
  }

  /**
   * The state at exactly this revision.
   *
   * @return empty if that is no longer kept, or not reached yet
   */
  public Optional<CacheSnapshot> snapshotAt(long revision) {
    if (revision > snapshot().revision()) {
      return Optional.empty();
    }
    Contents.Root root = contents.root();
    return contents
        .log()
        .treeAt(revision)
        .map(tree -> revision < root.revision() ? tree : root.tree())
        .map(tree -> new CacheSnapshot(revision, tree, root.unreadable()));
  }

  /**
   * The events above a revision, most often that of a snapshot, for those who ask with this filter.
   *
   * @throws CompactedException if these events are no longer kept
   */
  public EventCursor eventsAfter(long revision, EventFilter filter) {
    awaitStart();
    return contents.log().open(revision, filter, contents.gate());
  }

  /**
   * How many cursors of that cluster would hear of a change to an object; those over all clusters
   * or of one node are not counted.
   *
   * @param namespace empty for objects outside of namespaces
   * @param name empty if it is not known yet
   */
  public int listeners(String cluster, String namespace, String name) {
    return contents.log().listeners(cluster, namespace, name);
  }

  /** How many cursors are open. */
  public int watchers() {
    return contents.log().watchers();
  }

  /** How many past events a new watch could still begin with. */
  public long eventsKept() {
    EventRing ring = contents.log().ring();
    return ring.head() - ring.tail();
  }

  private void awaitStart() {
    boolean started = contents.gate().reached() > 0 || await(1, startTimeout.toNanos());
    if (contents.log().closed()) {
      throw new StoreUnavailableException("the cache was closed");
    }
    if (!started) {
      throw new StoreUnavailableException(
          resource + ": not loaded from the store within " + startTimeout);
    }
  }

  private boolean await(long revision, long nanos) {
    try {
      return contents.gate().await(revision, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for revision " + revision, e);
    }
  }
}
