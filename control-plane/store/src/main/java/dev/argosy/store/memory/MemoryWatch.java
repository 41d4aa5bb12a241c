package dev.argosy.store.memory;

import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreWatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Reads the store's log on a virtual thread of its own. */
final class MemoryWatch implements StoreWatch {

  private final MemoryStore store;
  private final Listener listener;
  private final AtomicBoolean progressWanted = new AtomicBoolean();
  private volatile boolean closed;

  MemoryWatch(MemoryStore store, long after, Listener listener) {
    this.store = store;
    this.listener = listener;
    Thread.ofVirtual().name("memory-watch").start(() -> run(after));
  }

  @Override
  public void requestProgress() {
    progressWanted.set(true);
    store.wake();
  }

  @Override
  public void close() {
    closed = true;
    store.wake();
  }

  boolean open() {
    return !closed;
  }

  boolean takeProgressRequest() {
    return progressWanted.getAndSet(false);
  }

  private void run(long start) {
    long after = start;
    try {
      while (true) {
        MemoryStore.@Nullable Report report = store.await(after, this);
        if (report == null) {
          return;
        }
        tell(report);
        after = Math.max(after, report.revision());
      }
    } catch (CompactedException e) {
      listener.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(MemoryStore.Report report) {
    if (!report.events().isEmpty() && !closed) {
      listener.events(report.events());
    }
    if (!closed) {
      listener.progress(report.revision());
    }
  }
}
