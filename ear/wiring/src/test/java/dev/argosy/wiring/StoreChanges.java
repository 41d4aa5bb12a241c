package dev.argosy.wiring;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoreWatch;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Every change of a store as it comes, for a test that waits for what they lead to. */
final class StoreChanges implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;
  private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");

  private final BlockingQueue<StoreEvent> events = new LinkedBlockingQueue<>();
  private final StoreWatch watch;

  StoreChanges(ResourceStore store) {
    this.watch = store.watch(0, new Queueing(events));
  }

  /** Looks again after every change, until it holds; fails with the last words if it does not. */
  void await(String what, BooleanSupplier condition, Supplier<Object> state) {
    long end = end();
    while (!condition.getAsBoolean()) {
      if (next(end) == null) {
        Assertions.fail("%s did not come about: %s", what, state.get());
      }
      events.clear();
    }
  }

  /** Waits until nothing but leases is written between two renewals of this one. */
  void awaitRest(String lease) {
    long end = end();
    String last = "nothing";
    events.clear();
    for (int renewals = 0; renewals < 2; ) {
      StoreEvent event = next(end);
      if (event == null) {
        Assertions.fail("no rest, last written: %s", last);
      } else if (!event.key().resource().equals(LEASES)) {
        last = event.key().toString();
        renewals = 0;
      } else if (event.key().name().equals(lease)) {
        renewals++;
      }
    }
  }

  private static long end() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  /** The next change; null if the time ends before one comes. */
  private @Nullable StoreEvent next(long end) {
    long left = end - System.nanoTime();
    try {
      return left <= 0 ? null : events.poll(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    watch.close();
  }

  private record Queueing(BlockingQueue<StoreEvent> queue) implements StoreWatch.Listener {
    @Override
    public void events(List<StoreEvent> events) {
      queue.addAll(events);
    }

    @Override
    public void progress(long revision) {}

    @Override
    public void failed(RuntimeException cause) {}
  }
}
