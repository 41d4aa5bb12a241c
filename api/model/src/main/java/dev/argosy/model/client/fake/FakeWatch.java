package dev.argosy.model.client.fake;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/** A cursor in the store's history. */
final class FakeWatch implements WatchStream {

  private final FakeStore store;
  private final ResourceScope scope;
  private final FakeSelection selection;
  private final long connection;
  private final List<WatchEvent> first = new ArrayList<>();
  private long position;
  private boolean closed;
  private boolean waiting;

  /** Made with the store's lock held. */
  FakeWatch(FakeStore store, ResourceScope scope, WatchOptions options) {
    this.store = store;
    this.scope = scope;
    this.selection = new FakeSelection(options.labelSelector(), options.fieldSelector());
    this.connection = store.connection();
    String from = options.resourceVersion();
    if (options.sendInitialEvents() || from.isEmpty() || from.equals("0")) {
      position = store.revision();
      for (ApiObject object : store.list(scope)) {
        if (selection.matches(object)) {
          first.add(new WatchEvent.Added(object));
        }
      }
      if (options.sendInitialEvents()) {
        first.add(new WatchEvent.Bookmark(position, true));
      }
    } else {
      position = Long.parseLong(from);
    }
    store.opened(this);
  }

  ResourceScope scope() {
    return scope;
  }

  /** Whether its reader has asked for more than there is. */
  boolean isWaiting() {
    return waiting && !closed && connection == store.connection() && !isBehind();
  }

  private boolean isBehind() {
    return !store.eventsAfter(position, scope).isEmpty();
  }

  @Override
  public List<WatchEvent> next() throws InterruptedException {
    store.lock.lockInterruptibly();
    try {
      while (!closed && connection == store.connection()) {
        List<WatchEvent> events = ready();
        if (!events.isEmpty()) {
          return events;
        }
        waiting = true;
        store.changed.await();
        waiting = false;
      }
      return List.of();
    } finally {
      store.lock.unlock();
    }
  }

  private List<WatchEvent> ready() {
    if (!first.isEmpty()) {
      List<WatchEvent> events = List.copyOf(first);
      first.clear();
      return events;
    }
    if (store.isCompacted(position)) {
      closed = true;
      return List.of(
          new WatchEvent.Failed(
              Status.of(Reason.EXPIRED, "too old resource version: " + position)));
    }
    List<WatchEvent> events = new ArrayList<>();
    store.eventsAfter(position, scope).forEach(e -> translate(e, events));
    position = store.revision();
    return events;
  }

  private void translate(FakeStore.Event event, List<WatchEvent> out) {
    ApiObject previous = event.previous();
    boolean before = previous != null && selection.matches(previous);
    boolean after = !event.deletion() && selection.matches(event.object());
    if (after) {
      out.add(
          before ? new WatchEvent.Modified(event.object()) : new WatchEvent.Added(event.object()));
    } else if (before) {
      out.add(new WatchEvent.Deleted(event.object()));
    }
  }

  @Override
  public void close() {
    store.lock.lock();
    try {
      closed = true;
      store.closed(this);
      store.changed.signalAll();
    } finally {
      store.lock.unlock();
    }
  }
}
