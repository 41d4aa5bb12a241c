package dev.argosy.store.memory;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.store.spi.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A {@link ResourceStore} in memory, with all history until {@link #compact}. */
public final class MemoryStore implements ResourceStore {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final NavigableMap<ObjectKey, Versions> keys = new TreeMap<>();

  /** The events of every revision that is not compacted. */
  private final NavigableMap<Long, List<StoreEvent>> log = new TreeMap<>();

  private final Lifetimes lifetimes;
  private long revision = 1;
  private long compacted;
  private boolean available = true;
  private boolean watching = true;
  private boolean closed;

  public MemoryStore() {
    this(Clock.systemUTC());
  }

  /**
   * An empty store.
   *
   * @param clock for lifetimes. The store looks at it whenever it is asked anything, and while a
   *     watch waits; who turns a clock by hand asks something afterwards
   */
  public MemoryStore(Clock clock) {
    lifetimes = new Lifetimes(clock);
  }

  @Override
  public Optional<StoredValue> get(ObjectKey key) {
    lock();
    try {
      return current(key);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StorePage list(
      GroupResource resource, String cluster, long at, @Nullable ObjectKey after, int limit) {
    lock();
    try {
      long read = readable(at);
      List<StoredValue> values = new ArrayList<>();
      for (Versions versions : from(after).values()) {
        StoredValue value = versions.at(read);
        if (value == null || !matches(value.key(), resource, cluster)) {
          continue;
        }
        if (limit > 0 && values.size() == limit) {
          return new StorePage(values, read, true);
        }
        values.add(value);
      }
      return new StorePage(values, read, false);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    Transactions.check(changes);
    long bytes = Transactions.bytes(changes);
    if (bytes > MAX_BYTES) {
      return new CommitResult.TooLarge(bytes);
    }
    lock();
    try {
      if (!changes.stream().allMatch(this::holds)) {
        return conflict(changes);
      }
      apply(changes);
      return new CommitResult.Committed(revision);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StoreWatch watch(long afterRevision, StoreWatch.Listener listener) {
    lock();
    try {
      return new MemoryWatch(this, afterRevision == 0 ? revision : afterRevision, listener);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long currentRevision() {
    lock();
    try {
      return revision;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all history that only revisions below this one could see. */
  public void compact(long at) {
    lock();
    try {
      if (at <= compacted || at > revision) {
        throw new IllegalArgumentException("cannot compact " + at + " of " + revision);
      }
      compacted = at;
      keys.values().removeIf(versions -> !versions.compact(at));
      log.headMap(at, false).clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Plays an outage: while not available every call throws {@link StoreUnavailableException} and
   * watches stand still.
   */
  public void available(boolean now) {
    lock.lock();
    try {
      available = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Plays a connection lost for long: watches stand still, everything else goes on. */
  public void interruptWatches() {
    watching(false);
  }

  /** Ends {@link #interruptWatches}. */
  public void resumeWatches() {
    watching(true);
  }

  private void watching(boolean now) {
    lock.lock();
    try {
      watching = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What a watch reports next; null once the store is closed or the watch's wish is void. */
  @Nullable Report await(long after, MemoryWatch watch) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && watch.open()) {
        boolean talking = available && watching;
        if (talking && after + 1 < compacted) {
          throw new CompactedException(after);
        }
        if (talking && (after < revision || watch.takeProgressRequest())) {
          List<StoreEvent> events = new ArrayList<>();
          log.tailMap(after, false).values().forEach(events::addAll);
          return new Report(events, revision);
        }
        long left = lifetimes.nanosToNext();
        if (left == 0 && available) {
          expire();
        } else if (left == 0 || left == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(left);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Lets watches look again. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All events after some revision up to this one. */
  record Report(List<StoreEvent> events, long revision) {}

  private void lock() {
    lock.lock();
    if (closed || !available) {
      lock.unlock();
      throw new StoreUnavailableException(closed ? "closed" : "made unavailable");
    }
    expire();
  }

  /** Deletes what has lived its time; each by a revision of its own. */
  private void expire() {
    for (ObjectKey key : lifetimes.takeOver()) {
      revision++;
      versions(key).delete(revision);
      log.put(revision, List.of(new StoreEvent.Deleted(key, revision)));
      changed.signalAll();
    }
  }

  private long readable(long at) {
    if (at > revision) {
      throw new IllegalArgumentException("revision " + at + " is in the future of " + revision);
    }
    if (at != 0 && at < compacted) {
      throw new CompactedException(at);
    }
    return at == 0 ? revision : at;
  }

  private NavigableMap<ObjectKey, Versions> from(@Nullable ObjectKey after) {
    return after == null ? keys : keys.tailMap(after, false);
  }

  private static boolean matches(ObjectKey key, GroupResource resource, String cluster) {
    return key.resource().equals(resource) && (cluster.isEmpty() || key.cluster().equals(cluster));
  }

  private Optional<StoredValue> current(ObjectKey key) {
    return Optional.ofNullable(keys.get(key)).map(versions -> versions.at(revision));
  }

  private boolean holds(Change change) {
    long found = current(change.key()).map(StoredValue::revision).orElse(0L);
    return switch (change) {
      case Change.Create create -> found == 0;
      case Change.Update update -> found != 0 && found == update.expectedRevision();
      case Change.Delete delete -> found != 0 && found == delete.expectedRevision();
      case Change.Check check -> found == check.expectedRevision();
    };
  }

  private CommitResult conflict(List<Change> changes) {
    Map<ObjectKey, Optional<StoredValue>> found = new HashMap<>();
    changes.forEach(change -> found.put(change.key(), current(change.key())));
    return new CommitResult.Conflict(found);
  }

  private void apply(List<Change> changes) {
    List<StoreEvent> events = new ArrayList<>();
    long next = revision + 1;
    for (Change change : changes) {
      switch (change) {
        case Change.Create(ObjectKey key, byte[] value, Duration lifetime) -> {
          events.add(put(key, value, next));
          lifetimes.put(key, lifetime);
        }
        case Change.Update(ObjectKey key, long expected, byte[] value, Duration lifetime) -> {
          events.add(put(key, value, next));
          lifetimes.put(key, lifetime);
        }
        case Change.Delete(ObjectKey key, long expected) -> {
          lifetimes.remove(key);
          versions(key).delete(next);
          events.add(new StoreEvent.Deleted(key, next));
        }
        case Change.Check check -> {}
      }
    }
    if (!events.isEmpty()) {
      revision = next;
      log.put(next, events);
      changed.signalAll();
    }
  }

  private StoreEvent put(ObjectKey key, byte[] value, long next) {
    byte[] own = value.clone();
    versions(key).put(next, own);
    return new StoreEvent.Put(new StoredValue(key, own, next));
  }

  private Versions versions(ObjectKey key) {
    return keys.computeIfAbsent(key, Versions::new);
  }
}
