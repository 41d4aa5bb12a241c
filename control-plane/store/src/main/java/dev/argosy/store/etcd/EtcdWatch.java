package dev.argosy.store.etcd;

import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoreWatch;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.watch.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch of the whole store. A virtual thread of its own takes what the stream brings, tells the
 * listener, and opens a new stream behind the last revision told when one breaks. (jetcd's own
 * resumption is not used: between the creation of a stream and its first event it would resume at
 * the revision current at creation, and lose what was still to come before that.)
 *
 * <p>Progress is proved by writing the fence key: when its event arrives, everything before it has.
 */
final class EtcdWatch implements StoreWatch {

  private static final Logger LOG = LoggerFactory.getLogger(EtcdWatch.class);
  private static final long PAUSE_MILLIS = 200;

  private final EtcdConnection connection;
  private final EtcdKeys keys;
  private final Listener listener;
  private final ByteSequence fence;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean fencing = new AtomicBoolean();
  private final AtomicBoolean fenceAgain = new AtomicBoolean();
  private volatile @Nullable WatchStream stream;
  private long told;

  EtcdWatch(EtcdConnection connection, EtcdKeys keys, long afterRevision, Listener listener) {
    this.connection = connection;
    this.keys = keys;
    this.listener = listener;
    this.fence = keys.fence();
    this.told = afterRevision;
  }

  EtcdWatch start() {
    Thread.ofVirtual().name("etcd-watch").start(this::run);
    return this;
  }

  @Override
  public void requestProgress() {
    if (isClosed()) {
      return;
    }
    if (fencing.compareAndSet(false, true)) {
      writeFence();
    } else {
      fenceAgain.set(true);
    }
  }

  /** A fence that was on its way before a request does not answer it: then another follows. */
  private void writeFence() {
    try {
      connection
          .client()
          .getKVClient()
          .put(fence, ByteSequence.EMPTY)
          .whenComplete((done, failure) -> fenceWritten());
    } catch (RuntimeException e) {
      LOG.debug("no fence written: {}", e.getMessage());
      fencing.set(false);
    }
  }

  private void fenceWritten() {
    fencing.set(false);
    if (fenceAgain.getAndSet(false)) {
      requestProgress();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    WatchStream running = stream;
    if (running != null) {
      running.close();
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        Client client = connection.client();
        try (WatchStream opened = new WatchStream(client, keys, told + 1)) {
          stream = opened;
          read(opened);
        } catch (RuntimeException e) {
          if (isClosed()) {
            return;
          }
          if (EtcdCalls.isCompacted(e)) {
            fail(new CompactedException(told));
            return;
          }
          LOG.info("watch of etcd behind revision {} broke: {}", told, e.getMessage());
          connection.failed(client);
        }
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(WatchStream from) throws InterruptedException {
    while (!isClosed()) {
      List<WatchEvent> taken = from.take();
      connection.succeeded();
      tell(taken);
    }
  }

  /** Events that were told already (a stream may begin with them) are left out. */
  private void tell(List<WatchEvent> found) {
    List<StoreEvent> events = new ArrayList<>(found.size());
    long last = told;
    for (WatchEvent event : found) {
      long revision = event.getKeyValue().getModRevision();
      StoreEvent known = revision > told ? event(event, revision) : null;
      if (known != null) {
        events.add(known);
      }
      last = Math.max(last, revision);
    }
    if (last == told || isClosed()) {
      return;
    }
    told = last;
    if (!events.isEmpty()) {
      listener.events(events);
    }
    if (!isClosed() && (events.isEmpty() || events.getLast().revision() < last)) {
      listener.progress(last);
    }
  }

  private @Nullable StoreEvent event(WatchEvent event, long revision) {
    ByteSequence key = event.getKeyValue().getKey();
    if (key.equals(fence)) {
      return null;
    }
    try {
      return switch (event.getEventType()) {
        case PUT ->
            new StoreEvent.Put(EtcdTransaction.stored(keys.decode(key), event.getKeyValue()));
        case DELETE -> new StoreEvent.Deleted(keys.decode(key), revision);
        case UNRECOGNIZED -> null;
      };
    } catch (IllegalArgumentException e) {
      LOG.warn("foreign key under the prefix is ignored: {}", e.getMessage());
      return null;
    }
  }

  private void fail(RuntimeException cause) {
    if (!isClosed()) {
      closed.countDown();
      listener.failed(cause);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() throws InterruptedException {
    boolean ended = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    LOG.trace("paused, closed: {}", ended);
  }
}
