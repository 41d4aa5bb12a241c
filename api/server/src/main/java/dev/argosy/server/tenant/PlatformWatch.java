package dev.argosy.server.tenant;

import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.objects.ChangePage;
import dev.argosy.tenancy.objects.LoggedChange;
import dev.argosy.tenancy.objects.ObjectRepository;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the change log on a thread of its own: at once when this server has written, otherwise
 * every {@link #POLL_MILLIS}, for there may be other servers.
 */
final class PlatformWatch implements StoreWatch {

  private static final Logger LOG = LoggerFactory.getLogger(PlatformWatch.class);
  private static final long POLL_MILLIS = 200;
  private static final long END_SECONDS = 5;

  private final ObjectRepository objects;
  private final Listener listener;
  private final Consumer<PlatformWatch> whenOver;
  private final Semaphore signal = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private long position;
  private volatile boolean progressWanted;
  private volatile boolean closed;

  PlatformWatch(
      ObjectRepository objects, long after, Listener listener, Consumer<PlatformWatch> whenOver) {
    this.objects = objects;
    this.position = after;
    this.listener = listener;
    this.whenOver = whenOver;
  }

  void start() {
    Thread.ofVirtual().name("platform-store-watch").start(this::run);
  }

  /** Waits a moment for a call in progress; the database may be closed after that. */
  void awaitEnd() {
    try {
      if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a watch of the platform's database does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      follow();
    } finally {
      ended.countDown();
    }
  }

  void wake() {
    signal.release();
  }

  @Override
  public void requestProgress() {
    progressWanted = true;
    wake();
  }

  @Override
  public void close() {
    closed = true;
    whenOver.accept(this);
    wake();
  }

  private void follow() {
    boolean reachable = true;
    while (!closed) {
      try {
        report();
        reachable = true;
        await();
      } catch (StoreUnavailableException e) {
        if (reachable) {
          LOG.warn("the platform's database does not answer; the watch waits for it", e);
        }
        reachable = false;
        await();
      } catch (CompactedException e) {
        fail(e);
      }
    }
  }

  private void await() {
    try {
      if (signal.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        signal.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /** Everything that is there. Progress was asked for before it was read, so it is included. */
  private void report() {
    boolean progress = progressWanted;
    progressWanted = false;
    long current = progress ? PlatformStore.reached(objects::currentRevision) : 0;
    boolean more = true;
    while (more && !closed) {
      ChangePage page = PlatformStore.reached(() -> objects.changesAfter(position));
      if (!page.changes().isEmpty()) {
        listener.events(page.changes().stream().map(PlatformWatch::event).toList());
        position = page.changes().getLast().revision();
      }
      more = page.more();
    }
    if (progress && !closed) {
      position = Math.max(position, current);
      listener.progress(position);
    }
  }

  private void fail(RuntimeException cause) {
    boolean told = closed;
    close();
    if (!told) {
      listener.failed(cause);
    }
  }

  private static StoreEvent event(LoggedChange change) {
    return switch (change) {
      case LoggedChange.Stored stored ->
          new StoreEvent.Put(
              new StoredValue(
                  stored.stored().key(), stored.stored().document(), stored.revision()));
      case LoggedChange.Removed removed ->
          new StoreEvent.Deleted(removed.key(), removed.revision());
    };
  }
}
