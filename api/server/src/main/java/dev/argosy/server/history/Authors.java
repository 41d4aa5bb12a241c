package dev.argosy.server.history;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.audit.AuditNotes;
import dev.argosy.server.registry.Write;
import dev.argosy.server.registry.WriteListener;
import dev.argosy.tenancy.history.AuthorLog;
import dev.argosy.tenancy.history.AuthorLog.Authored;
import dev.argosy.tenancy.history.RevisionAuthor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the database who made this server's writes. Requests only put a note into a bounded queue;
 * when that is full the write has no known author, and a counter says so.
 */
final class Authors implements WriteListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Authors.class);
  private static final int QUEUED = 50_000;
  private static final int BATCH = 1_000;
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final HistoryConfig config;
  private final AuthorLog log;
  private final Function<Write, String> feeds;
  private final Metrics.Counter lost;
  private final BlockingQueue<Authored> queue = new ArrayBlockingQueue<>(QUEUED);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /**
   * Not running yet.
   *
   * @param feeds which feed tells of a write
   */
  Authors(HistoryConfig config, AuthorLog log, Function<Write, String> feeds, Metrics metrics) {
    this.config = config;
    this.log = log;
    this.feeds = feeds;
    this.lost =
        metrics
            .counter(
                "argosy_history_authors_lost_total",
                "Writes whose author the history will not know: the database was too slow.")
            .with();
  }

  void start() {
    thread = Thread.ofVirtual().name("history-authors").start(this::run);
  }

  @Override
  public void kept(Write write, String operation, long revision) {
    boolean told = config.records(write.kind().storage()) && !write.subresource().equals("status");
    if (told && !queue.offer(authored(write, operation, revision))) {
      lost.increment();
    }
  }

  private Authored authored(Write write, String operation, long revision) {
    Optional<AuditNotes.Sender> sender = write.notes().sender();
    String user = write.user().name();
    RevisionAuthor author =
        new RevisionAuthor(
            user,
            sender.map(AuditNotes.Sender::user).filter(name -> !name.equals(user)).orElse(""),
            sender.map(AuditNotes.Sender::verb).orElse(operation),
            write.subresource(),
            sender.map(AuditNotes.Sender::id).orElse(""));
    return new Authored(feeds.apply(write), write.cluster(), revision, author);
  }

  /** Writes what is queued, then ends; waits a few seconds for that at most. */
  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean closed() {
    return closing.getCount() == 0;
  }

  private void run() {
    try {
      while (!closed() || !queue.isEmpty()) {
        List<Authored> batch = next();
        while (!batch.isEmpty() && !write(batch)) {
          if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Authored> next() throws InterruptedException {
    List<Authored> batch = new ArrayList<>();
    Authored first = queue.poll(500, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      queue.drainTo(batch, BATCH - 1);
    }
    return batch;
  }

  private boolean write(List<Authored> batch) {
    try {
      log.add(batch);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("authors of writes cannot be kept, trying again: {}", e.getMessage());
      return false;
    }
  }
}
