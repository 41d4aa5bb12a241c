package dev.argosy.server.audit;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.AuditRecord;
import dev.argosy.server.access.AuditSink;
import dev.argosy.tenancy.audit.AuditEntry;
import dev.argosy.tenancy.audit.AuditLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps who changed, or tried to change, what. Left out are reviews (they change nothing), and the
 * heartbeats of nodes and loops: leases, events, and the status reports of nodes.
 */
public final class AuditTrail implements AuditSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final int QUEUED = 10_000;
  private static final int BATCH = 500;
  private static final Duration KEPT = Duration.ofDays(90);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration CLEAN_EVERY = Duration.ofHours(6);
  private static final Set<String> CHANGES =
      Set.of("create", "update", "patch", "delete", "deletecollection");
  private static final Set<String> QUIET_RESOURCES = Set.of("leases", "events");
  private static final Set<String> QUIET_GROUPS =
      Set.of("authorization.k8s.io", "authentication.k8s.io");

  private final AuditLog log;
  private final Clock clock;
  private final BlockingQueue<AuditEntry> queue = new ArrayBlockingQueue<>(QUEUED);
  private final AtomicLong lost = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread writer;
  private Instant nextCleaning = Instant.MIN;

  public AuditTrail(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Begins to write. */
  public void start() {
    writer = Thread.ofVirtual().name("audit").start(this::run);
  }

  @Override
  public void record(AuditRecord entry) {
    if (wanted(entry.attributes()) && !queue.offer(entry(entry))) {
      lost.incrementAndGet();
    }
  }

  private static boolean wanted(Attributes what) {
    return what.resourceRequest()
        && CHANGES.contains(what.verb())
        && !QUIET_RESOURCES.contains(what.resource())
        && !QUIET_GROUPS.contains(what.group())
        && !(what.subresource().equals("status") && what.user().inGroup("system:nodes"));
  }

  private static AuditEntry entry(AuditRecord entry) {
    Attributes what = entry.attributes();
    String who = what.user().name();
    return new AuditEntry(
        entry.received(),
        entry.impersonator() == null ? who : who + " (by " + entry.impersonator().name() + ")",
        what.user().groups(),
        entry.source(),
        entry.userAgent(),
        new AuditEntry.Action(
            what.verb(),
            what.cluster(),
            what.group(),
            what.resource(),
            what.subresource(),
            what.namespace(),
            what.name(),
            what.path()),
        entry.code() == 401 || entry.code() == 403 ? "forbid" : "allow",
        entry.code());
  }

  /** Writes what is queued, then ends; waits a few seconds for that at most. */
  @Override
  public void close() {
    closing.countDown();
    Thread running = writer;
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
        List<AuditEntry> batch = next();
        while (!batch.isEmpty() && !write(batch)) {
          if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
        }
        clean();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<AuditEntry> next() throws InterruptedException {
    List<AuditEntry> batch = new ArrayList<>();
    AuditEntry first = queue.poll(500, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      queue.drainTo(batch, BATCH - 1);
    }
    return batch;
  }

  private boolean write(List<AuditEntry> batch) {
    try {
      log.append(batch);
      long gone = lost.getAndSet(0);
      if (gone > 0) {
        LOG.warn("{} entries of the audit trail were lost: the database was too slow", gone);
      }
      return true;
    } catch (RuntimeException e) {
      LOG.warn("the audit trail cannot be written, trying again", e);
      return false;
    }
  }

  private void clean() {
    Instant now = clock.instant();
    if (now.isBefore(nextCleaning)) {
      return;
    }
    nextCleaning = now.plus(CLEAN_EVERY);
    try {
      log.forgetBefore(now.minus(KEPT));
    } catch (RuntimeException e) {
      LOG.warn("old entries of the audit trail cannot be removed", e);
    }
  }
}
