package dev.argosy.model.informer;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a sink up to date: state and changes through one watch (KEP-3157), or list and then watch
 * where the server refuses that; continues after a broken watch; starts over when its revision is
 * too old.
 */
final class WatchLoop {

  private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final int PAGE = 1000;

  /** Takes the changes, on the loop's thread. */
  interface Sink {
    void batch(Runnable changes);

    void put(ApiObject object);

    void remove(ObjectKey key);

    void keepOnly(Collection<ObjectKey> keys);

    void reached(long revision);

    void synced();

    /** The server said no; the loop tries again. */
    void refused(Status status);
  }

  private final ApiClient client;
  private final InformerSpec<?> spec;
  private final Sink sink;
  private final CountDownLatch closed = new CountDownLatch(1);

  private long revision;
  private boolean fresh = true;
  private boolean streamedState = true;
  private long pause = FIRST_PAUSE_MILLIS;

  /** Keys of the state now being received; null when it is complete. */
  private @Nullable Set<ObjectKey> receiving;

  private volatile @Nullable WatchStream open;

  WatchLoop(ApiClient client, InformerSpec<?> spec, Sink sink) {
    this.client = client;
    this.spec = spec;
    this.sink = sink;
  }

  void run() {
    while (closed.getCount() > 0) {
      try {
        round();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("watching {} failed", spec.scope(), e);
        fresh = fresh || receiving != null;
      }
      if (rest()) {
        return;
      }
    }
  }

  void close() {
    closed.countDown();
    WatchStream stream = open;
    if (stream != null) {
      stream.close();
    }
  }

  /** Waits before the next try; true if closed meanwhile. */
  private boolean rest() {
    try {
      long millis = pause;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void round() throws InterruptedException {
    if (fresh && !streamedState && !list()) {
      return;
    }
    boolean state = fresh;
    WatchOptions options =
        new WatchOptions(
            spec.labelSelector(),
            spec.fieldSelector(),
            state ? "" : Long.toString(revision),
            state,
            true);
    switch (client.watch(spec.scope(), options)) {
      case ApiResult.Ok<WatchStream>(WatchStream stream) -> follow(stream, state);
      case ApiResult.Refused<WatchStream>(Status status) -> refused(status, state);
    }
  }

  private void refused(Status status, boolean state) {
    if (status.code() == 410) {
      fresh = true;
    } else if (state
        && (status.reason() == Reason.INVALID || status.reason() == Reason.BAD_REQUEST)) {
      streamedState = false;
    } else {
      LOG.warn("cannot watch {}: {}", spec.scope(), status.message());
      sink.refused(status);
    }
  }

  private boolean list() {
    List<ObjectKey> keys = new ArrayList<>();
    String next = "";
    long at;
    do {
      ListOptions options =
          new ListOptions(spec.labelSelector(), spec.fieldSelector(), PAGE, next, "", "");
      switch (client.list(spec.scope(), options)) {
        case ApiResult.Ok<ObjectList>(ObjectList page) -> {
          sink.batch(() -> page.items().forEach(sink::put));
          page.items().forEach(item -> keys.add(item.key()));
          next = page.continueToken();
          at = page.revision();
        }
        case ApiResult.Refused<ObjectList>(Status status) -> {
          LOG.warn("cannot list {}: {}", spec.scope(), status.message());
          sink.refused(status);
          return false;
        }
      }
    } while (!next.isEmpty());
    complete(keys, at);
    return true;
  }

  private void complete(Collection<ObjectKey> keys, long at) {
    sink.batch(() -> {
      sink.keepOnly(keys);
      sink.reached(at);
      sink.synced();
    });
    revision = at;
    fresh = false;
    receiving = null;
  }

  private void follow(WatchStream stream, boolean state) throws InterruptedException {
    open = stream;
    receiving = state ? new HashSet<>() : null;
    try (stream) {
      while (closed.getCount() > 0) {
        List<WatchEvent> events = stream.next();
        if (events.isEmpty()) {
          return;
        }
        pause = FIRST_PAUSE_MILLIS;
        if (!apply(events)) {
          return;
        }
      }
    } finally {
      open = null;
    }
  }

  /** False if the watch has failed. */
  private boolean apply(List<WatchEvent> events) {
    boolean[] alive = {true};
    sink.batch(() -> {
      for (WatchEvent event : events) {
        alive[0] = alive[0] && apply(event);
      }
    });
    return alive[0];
  }

  private boolean apply(WatchEvent event) {
    return switch (event) {
      case WatchEvent.Added(ApiObject object) -> put(object);
      case WatchEvent.Modified(ApiObject object) -> put(object);
      case WatchEvent.Deleted(ApiObject object) -> {
        if (receiving != null) {
          receiving.remove(object.key());
        }
        sink.remove(object.key());
        reached(object.revision());
        yield true;
      }
      case WatchEvent.Bookmark(long at, boolean end) -> {
        if (receiving != null && end) {
          complete(receiving, at);
        }
        reached(at);
        yield true;
      }
      case WatchEvent.Failed(Status status) -> {
        fresh = fresh || status.code() == 410;
        if (status.code() != 410) {
          LOG.warn("the watch of {} ended: {}", spec.scope(), status.message());
        }
        yield false;
      }
    };
  }

  private boolean put(ApiObject object) {
    if (receiving != null) {
      receiving.add(object.key());
    }
    sink.put(object);
    reached(object.revision());
    return true;
  }

  /** The initial state comes in any order, so it moves the revision only when complete. */
  private void reached(long at) {
    if (receiving == null && at > revision) {
      revision = at;
      sink.reached(at);
    }
  }
}
