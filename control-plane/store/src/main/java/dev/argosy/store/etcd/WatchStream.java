package dev.argosy.store.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events from etcd, until it breaks. Responses hold whole revisions: etcd splits a
 * revision only for clients that ask for fragments, which this does not.
 */
final class WatchStream implements AutoCloseable, Watch.Listener {

  /** What the stream brought: events, or the reason of its end. */
  private sealed interface Item {
    record Events(List<WatchEvent> events) implements Item {}

    record End(RuntimeException cause) implements Item {}
  }

  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final Watch.Watcher watcher;

  /** jetcd would go on with a new stream after an error; what that brings is not taken. */
  private volatile boolean ended;

  /** Of the taking thread: the reason of the end, once it was reached. */
  private @Nullable RuntimeException end;

  WatchStream(Client client, EtcdKeys keys, long fromRevision) {
    WatchOption option =
        WatchOption.builder()
            .withRange(keys.end())
            .withRevision(fromRevision)
            .withRequireLeader(true)
            .build();
    this.watcher = client.getWatchClient().watch(keys.start(), option, this);
  }

  /** Waits for events and takes all that are there; throws the reason when the stream has ended. */
  List<WatchEvent> take() throws InterruptedException {
    List<WatchEvent> events = new ArrayList<>();
    if (end == null) {
      Item item = items.take();
      while (item != null) {
        switch (item) {
          case Item.Events(List<WatchEvent> more) -> events.addAll(more);
          case Item.End(RuntimeException cause) -> end = cause;
        }
        item = end == null ? items.poll() : null;
      }
    }
    if (events.isEmpty() && end != null) {
      throw end;
    }
    return events;
  }

  @Override
  public void onNext(WatchResponse response) {
    if (!ended && !response.getEvents().isEmpty()) {
      items.add(new Item.Events(response.getEvents()));
    }
  }

  @Override
  public void onError(Throwable cause) {
    end(cause instanceof RuntimeException known ? known : new IllegalStateException(cause));
  }

  @Override
  public void onCompleted() {
    end(new IllegalStateException("the stream ended"));
  }

  private void end(RuntimeException cause) {
    ended = true;
    items.add(new Item.End(cause));
  }

  @Override
  public void close() {
    watcher.close();
  }
}
