package dev.argosy.model.informer;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live image of a collection. It begins to fill when made and lives until closed; errors of the
 * connection are waited out with growing pauses, so a reader that sees {@link #hasSynced} may read
 * an old state but never half of one.
 *
 * <p>Values are those of the decoder; an object that it cannot decode is logged and left out.
 */
public final class Informer<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Informer.class);

  private final InformerSpec<T> spec;
  private final InformerCache<T> cache;
  private final List<InformerHandler<T>> handlers = new CopyOnWriteArrayList<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final Condition changed = writing.newCondition();
  private final WatchLoop loop;
  private final Thread thread;
  private volatile boolean synced;
  private volatile long revision;
  private volatile boolean closed;
  private volatile @Nullable Status refusal;

  public Informer(ApiClient client, InformerSpec<T> spec) {
    this.spec = spec;
    this.cache = new InformerCache<>(spec.indexes());
    this.loop = new WatchLoop(client, spec, new Sink());
    this.thread =
        Thread.ofVirtual().name("informer-" + spec.scope().resource()).unstarted(loop::run);
    thread.start();
  }

  /** Whether the first complete state has been seen. */
  public boolean hasSynced() {
    return synced;
  }

  /** All changes up to this revision are in the image; 0 before the first. */
  public long revision() {
    return revision;
  }

  /** Why the image cannot be made or renewed at the moment; empty when all is well. */
  public Optional<Status> refusal() {
    return Optional.ofNullable(refusal);
  }

  public Optional<T> get(ObjectKey key) {
    return Optional.ofNullable(cache.get(key));
  }

  /** All values, in no order. */
  public List<T> all() {
    return cache.all();
  }

  public int size() {
    return cache.size();
  }

  /** The values that an index files under this value, in no order. */
  public List<T> find(String index, String value) {
    return cache.find(index, value);
  }

  /** Adds a handler; it is told of all present objects before this returns. */
  public void addHandler(InformerHandler<T> handler) {
    writing.lock();
    try {
      for (T value : cache.all()) {
        call(() -> handler.added(value));
      }
      handlers.add(handler);
    } finally {
      writing.unlock();
    }
  }

  /** Calls with every object that appears, changes or goes, whatever happened to it. */
  public void onChange(Consumer<? super T> action) {
    addHandler(new EveryChange<>(action));
  }

  public boolean awaitSynced(Duration patience) throws InterruptedException {
    return await(() -> synced, patience);
  }

  /** Waits until the image has everything up to this revision of its own objects. */
  public boolean awaitRevision(long wanted, Duration patience) throws InterruptedException {
    return await(() -> revision >= wanted, patience);
  }

  /**
   * Waits until a condition about this image holds; it is asked again after every change.
   *
   * @return false if it did not come to hold in time, or the informer was closed
   */
  public boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
    if (condition.getAsBoolean()) {
      return true;
    }
    long left = patience.toNanos();
    writing.lockInterruptibly();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0 || closed) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
    thread.interrupt();
    writing.lock();
    try {
      changed.signalAll();
    } finally {
      writing.unlock();
    }
  }

  private static void call(Runnable handler) {
    try {
      handler.run();
    } catch (RuntimeException e) {
      LOG.error("an informer's handler failed", e);
    }
  }

  /** What the watch loop reports to; entered by the informer's own thread only. */
  private final class Sink implements WatchLoop.Sink {

    @Override
    public void batch(Runnable changes) {
      writing.lock();
      try {
        refusal = null;
        changes.run();
        changed.signalAll();
      } finally {
        writing.unlock();
      }
    }

    @Override
    public void put(ApiObject object) {
      if (cache.holds(object.key(), object.revision())) {
        return;
      }
      decode(object).ifPresentOrElse(value -> put(object, value), () -> remove(object.key()));
    }

    private void put(ApiObject object, T value) {
      @Nullable T old = cache.put(object.key(), object.revision(), value);
      for (InformerHandler<T> handler : handlers) {
        if (old == null) {
          call(() -> handler.added(value));
        } else {
          call(() -> handler.updated(old, value));
        }
      }
    }

    private Optional<T> decode(ApiObject object) {
      try {
        return Optional.of(spec.decoder().apply(object));
      } catch (RuntimeException e) {
        LOG.error("cannot decode {}", object, e);
        return Optional.empty();
      }
    }

    @Override
    public void remove(ObjectKey key) {
      @Nullable T old = cache.remove(key);
      if (old != null) {
        handlers.forEach(handler -> call(() -> handler.deleted(old)));
      }
    }

    @Override
    public void keepOnly(Collection<ObjectKey> keys) {
      Set<ObjectKey> gone = new HashSet<>(cache.keys());
      gone.removeAll(keys);
      gone.forEach(this::remove);
    }

    @Override
    public void reached(long at) {
      revision = at;
    }

    @Override
    public void synced() {
      synced = true;
    }

    @Override
    public void refused(Status status) {
      writing.lock();
      try {
        refusal = status;
        changed.signalAll();
      } finally {
        writing.unlock();
      }
    }
  }
}
