package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoreWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Distributes what the store's watch tells; lives as long as that watch. */
final class FeedListener implements StoreWatch.Listener {

  private final Map<GroupResource, Contents> contents;
  private final CompletableFuture<RuntimeException> failure = new CompletableFuture<>();
  private volatile long delivered;

  FeedListener(Map<GroupResource, Contents> contents, long start) {
    this.contents = contents;
    this.delivered = start;
  }

  @Override
  public void events(List<StoreEvent> events) {
    Map<GroupResource, List<StoreEvent>> byResource = new LinkedHashMap<>();
    for (StoreEvent event : events) {
      byResource.computeIfAbsent(event.key().resource(), r -> new ArrayList<>()).add(event);
    }
    byResource.forEach(this::deliver);
    progress(events.getLast().revision());
  }

  private void deliver(GroupResource resource, List<StoreEvent> events) {
    Contents target = contents.get(resource);
    if (target != null) {
      target.deliver(events);
    }
  }

  @Override
  public void progress(long revision) {
    if (revision > delivered) {
      delivered = revision;
      contents.values().forEach(c -> c.reached(revision));
    }
  }

  @Override
  public void failed(RuntimeException cause) {
    failure.complete(cause);
  }

  /** Waits for the end of the watch; false if it still runs when time is up. */
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    try {
      failure.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("never completed so", e);
    }
  }

  /** Why the watch ended; only after it has. */
  RuntimeException cause() {
    return failure.join();
  }

  long delivered() {
    return delivered;
  }
}
