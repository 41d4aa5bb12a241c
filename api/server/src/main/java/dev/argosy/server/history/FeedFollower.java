package dev.argosy.server.history;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.history.FeedPosition;
import dev.argosy.tenancy.history.LostFeedException;
import dev.argosy.tenancy.history.RevisionLog;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records all changes of one store, on whichever server holds the feed. It goes on where the last
 * record ended, whoever made that. If the store's own history does not reach back to there, it
 * looks at everything that is there, and records that something is missing.
 *
 * <p>Has one thread. When the database is away it holds no watch and no events, and tries again.
 */
final class FeedFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FeedFollower.class);
  private static final long ROOM = 64L << 20;
  private static final int PAGE = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration TURN = Duration.ofSeconds(1);

  /** A feed is held on this often at least, and how far it came is told as often. */
  private static final long BEAT = Duration.ofSeconds(4).toNanos();

  private final Feed feed;
  private final Recorder recorder;
  private final RevisionLog log;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long position;
  private volatile boolean holding;
  private volatile @Nullable Thread thread;

  /**
   * What is followed.
   *
   * @param store as it is, with sealed values sealed
   * @param resources all that it may have objects of
   */
  record Feed(String name, ResourceStore store, Supplier<Set<GroupResource>> resources) {}

  /**
   * Not running yet.
   *
   * @param pause between tries to get the feed
   */
  FeedFollower(Feed feed, Recorder recorder, RevisionLog log, Duration pause) {
    this.feed = feed;
    this.recorder = recorder;
    this.log = log;
    this.pause = pause;
  }

  void start() {
    thread = Thread.ofVirtual().name("history-" + feed.name()).start(this::run);
  }

  /** Everything up to this revision is recorded, as far as this server knows. */
  long position() {
    return position;
  }

  /** Whether this server is the one that records. */
  boolean holding() {
    return holding;
  }

  @Override
  public void close() {
    closed.countDown();
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(PATIENCE);
      log.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PersistenceException e) {
      LOG.debug("others get the history of {} a little later", feed.name(), e);
    }
  }

  private boolean closed() {
    return closed.getCount() == 0;
  }

  private void run() {
    try {
      do {
        turn();
        holding = false;
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() throws InterruptedException {
    try {
      FeedPosition now = log.take();
      position = now.revision();
      if (now.held()) {
        holding = true;
        follow(now.revision());
      }
    } catch (LostFeedException e) {
      LOG.info("{}", e.getMessage());
    } catch (StoreUnavailableException | PersistenceException e) {
      LOG.warn("the history of {} cannot be recorded now, trying again: {}", feed.name(), cause(e));
    } catch (RuntimeException e) {
      if (!closed()) {
        LOG.error("the history of {} stands still, trying again", feed.name(), e);
      }
    }
  }

  private static String cause(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  private void follow(long from) throws InterruptedException {
    // a store that was put back to an earlier state has another history than the one recorded
    long at = from == 0 || feed.store().currentRevision() < from ? look(from > 0) : from;
    while (!closed()) {
      try {
        at = watch(at);
      } catch (CompactedException e) {
        LOG.warn(
            "{}: changes after revision {} are gone before they were recorded", feed.name(), at);
        at = look(true);
      }
    }
  }

  /** Records until the watch must be opened anew; answers behind which revision. */
  private long watch(long from) throws InterruptedException {
    Inbox inbox = new Inbox(event -> recorder.records(event.key()), ROOM);
    try (StoreWatch watch = feed.store().watch(from, inbox)) {
      long at = from;
      long beat = System.nanoTime();
      while (!closed()) {
        Inbox.Piece piece = inbox.next(TURN);
        boolean due = System.nanoTime() - beat > BEAT;
        if (!piece.events().isEmpty() || due) {
          long to = Math.max(at, piece.to());
          append(at, to, piece.events());
          at = to;
          beat = System.nanoTime();
        }
        if (piece.last()) {
          break;
        }
      }
      return at;
    }
  }

  private void append(long from, long to, List<StoreEvent> events) {
    Set<ObjectKey> keys = new TreeSet<>();
    events.forEach(event -> keys.add(event.key()));
    log.append(from, to, keys, heads -> recorder.of(events, heads));
    position = to;
  }

  /** Records what is there; answers at which revision. */
  private long look(boolean gap) {
    long revision = feed.store().currentRevision();
    Set<GroupResource> all = new TreeSet<>(feed.resources().get());
    all.addAll(log.resources());
    for (GroupResource resource : all) {
      ObjectKey after = null;
      do {
        after = look(resource, after, revision, gap);
      } while (after != null && !closed());
    }
    if (!closed()) {
      log.endLook(revision, gap);
      position = revision;
      LOG.info("the history of {} goes on from revision {}", feed.name(), revision);
    }
    return revision;
  }

  /** Answers where to go on; null at the end. */
  private @Nullable ObjectKey look(
      GroupResource resource, @Nullable ObjectKey after, long revision, boolean gap) {
    StorePage page = feed.store().list(resource, "", revision, after, PAGE);
    List<StoredValue> values = page.values();
    if (!values.isEmpty()) {
      List<ObjectKey> keys = values.stream().map(StoredValue::key).toList();
      log.look(revision, keys, heads -> recorder.ofLook(values, heads, !gap));
    }
    return page.more() ? values.getLast().key() : null;
  }
}
