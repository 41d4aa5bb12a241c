package dev.argosy.server.audit;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.object.Json;
import dev.argosy.server.access.Attributes;
import dev.argosy.tenancy.audit.AuditEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The trail in PostgreSQL: the last event of each request that the policy wants kept. What the
 * database refuses twice is kept without bodies and annotations, so that no entry can stop the
 * others.
 */
final class AuditTrail implements AuditSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final int QUEUED = 10_000;
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration CLEAN_EVERY = Duration.ofHours(6);

  private final TrailStore store;
  private final Clock clock;
  private final BatchQueue queue;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread writer;
  private Instant nextCleaning = Instant.MIN;

  AuditTrail(TrailStore store, Metrics metrics, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.queue = new BatchQueue(QUEUED, metrics, "trail");
  }

  /** Begins to write. */
  void start() {
    writer = Thread.ofVirtual().name("audit").start(this::run);
  }

  @Override
  public void accept(AuditEvent event) {
    switch (event.stage()) {
      case REQUEST_RECEIVED, RESPONSE_STARTED -> {}
      case RESPONSE_COMPLETE, PANIC -> queue.offer(event);
    }
  }

  private AuditEntry entry(AuditEvent event) {
    AuditRequest request = event.request();
    Attributes what = request.attributes();
    UserInfo other = event.impersonated();
    SentNames sent = event.bodies().sent();
    int code = event.outcome().code();
    return new AuditEntry(
        request.received(),
        new AuditEntry.Who(
            what.user().name(),
            other == null ? "" : other.name(),
            other == null ? what.user().groups() : other.groups(),
            request.sources().isEmpty() ? "" : request.sources().getLast(),
            request.userAgent()),
        new AuditEntry.Action(
            what.verb(),
            store.trailOf(what.cluster()),
            what.group(),
            what.resource(),
            what.subresource(),
            SentNames.first(what.namespace(), sent.namespace()),
            SentNames.first(what.name(), sent.name()),
            what.path()),
        new AuditEntry.Answer(code == 401 || code == 403 ? "forbid" : "allow", code),
        new AuditEntry.Details(
            request.id(),
            event.stage().text(),
            event.level().text(),
            request.uri(),
            AuditEventJson.annotations(event).toString(),
            body(event.bodies().request(), event),
            body(event.bodies().response(), event)));
  }

  private static Optional<String> body(byte @Nullable [] body, AuditEvent event) {
    JsonNode tree = AuditEventJson.body(body, event.bodies().withoutManagedFields());
    return Optional.ofNullable(tree).map(Json.mapper()::writeValueAsString);
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
      clean();
      while (!closed() || !queue.isEmpty()) {
        List<AuditEntry> batch = queue.next().stream().map(this::entry).toList();
        for (int tries = 1; !batch.isEmpty() && !write(batch); tries++) {
          if (tries == 2) {
            batch = batch.stream().map(AuditEntry::withoutDetails).toList();
          }
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

  private boolean write(List<AuditEntry> batch) {
    try {
      store.log().append(batch);
      long gone = queue.takeLost();
      if (gone > 0) {
        LOG.warn("{} entries of the audit trail were lost: the database was too slow", gone);
      }
      return true;
    } catch (RuntimeException e) {
      LOG.warn("the audit trail cannot be written, trying again", e);
      makeRoom();
      return false;
    }
  }

  /** Months begin; a server that slept, or whose clock was wrong, has made no room for them. */
  private void makeRoom() {
    try {
      store.log().makeRoom();
    } catch (RuntimeException e) {
      LOG.warn("the audit trail has perhaps no room for the months to come", e);
    }
  }

  private void clean() {
    Instant now = clock.instant();
    if (now.isBefore(nextCleaning)) {
      return;
    }
    nextCleaning = now.plus(CLEAN_EVERY);
    makeRoom();
    try {
      store.retention().forget(now, store.kept());
    } catch (RuntimeException e) {
      LOG.warn("old entries of the audit trail cannot be removed", e);
    }
  }
}
