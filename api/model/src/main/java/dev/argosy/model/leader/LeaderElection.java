package dev.argosy.model.leader;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a term of leadership while this process holds a lease (root's {@code kube-system}), and ends
 * it at once when the lease is lost or could not be renewed in time, even while a request hangs.
 * Other processes' clocks do not matter: a lease is over when it was not seen to change for its
 * duration. Closing it ends the term and gives the lease back.
 */
public final class LeaderElection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
  private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");

  /** What runs while leading; closing it must stop all its work before it returns. */
  @FunctionalInterface
  public interface Term extends AutoCloseable {
    @Override
    void close();
  }

  private final ApiClient client;
  private final ObjectKey key;
  private final String identity;
  private final LeaseTiming timing;
  private final Timers timers;
  private final Supplier<? extends Term> begin;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;

  private long seenRevision = -1;
  private Instant seenAt = Instant.MIN;
  private @Nullable Term term;
  private Timers.@Nullable Timer deadline;

  /**
   * @param name of the lease, for example {@code argosy-scheduler}
   * @param identity of this process; different in each
   * @param begin starts a term
   */
  public LeaderElection(
      ApiClient client,
      String name,
      String identity,
      LeaseTiming timing,
      Timers timers,
      Supplier<? extends Term> begin) {
    this.client = client;
    this.key = new ObjectKey(LEASES, "root", "kube-system", name);
    this.identity = identity;
    this.timing = timing;
    this.timers = timers;
    this.begin = begin;
  }

  /** Begins to run for the lease, for as long as this is not closed. */
  public void start() {
    Thread runner = Thread.ofVirtual().name("leader-" + key.name()).unstarted(this::run);
    thread = runner;
    runner.start();
  }

  public synchronized boolean leading() {
    return term != null;
  }

  private void run() {
    try {
      do {
        attempt();
      } while (!closed.await(timing.retry().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("election for {} interrupted", key.name());
    }
  }

  /** One try to get or renew the lease. */
  void attempt() {
    boolean held;
    try {
      held = tryLease();
    } catch (RuntimeException e) {
      LOG.warn("lease {}: {}", key.name(), e.toString());
      return;
    }
    if (held) {
      renewed();
    }
  }

  private boolean tryLease() {
    Instant now = timers.now();
    Optional<ApiObject> found = client.get(key).orAbsent();
    if (found.isEmpty()) {
      return client.create(
              ResourceScope.namespace(LEASES, key.cluster(), key.namespace()),
              LeaseRecord.fill(
                  LeaseRecord.blank(key.name(), key.namespace()),
                  identity,
                  timing.lease(),
                  LeaseRecord.time(now),
                  0,
                  now))
          instanceof ApiResult.Ok;
    }
    LeaseRecord record = LeaseRecord.of(found.get());
    observe(record, now);
    boolean mine = record.holder().equals(identity);
    if (!mine && !over(record, now)) {
      end("another holds the lease: " + record.holder());
      return false;
    }
    String acquired = mine && leading() ? record.acquired() : LeaseRecord.time(now);
    int changes = record.changes() + (mine ? 0 : 1);
    return client.update(
            key,
            LeaseRecord.fill(found.get().tree(), identity, timing.lease(), acquired, changes, now))
        instanceof ApiResult.Ok;
  }

  private void observe(LeaseRecord record, Instant now) {
    if (record.revision() != seenRevision) {
      seenRevision = record.revision();
      seenAt = now;
    }
  }

  private boolean over(LeaseRecord record, Instant now) {
    return record.holder().isEmpty() || !seenAt.plus(record.duration()).isAfter(now);
  }

  private synchronized void renewed() {
    if (closed.getCount() == 0) {
      return;
    }
    if (deadline != null) {
      deadline.cancel();
    }
    deadline =
        timers.after(
            timing.renewal(),
            () -> Thread.startVirtualThread(() -> end("the lease could not be renewed in time")));
    if (term == null) {
      LOG.info("{} leads {}", identity, key.name());
      term = begin.get();
    }
  }

  private synchronized void end(String why) {
    if (term != null) {
      LOG.warn("{} stops leading {}: {}", identity, key.name(), why);
      Term ending = term;
      term = null;
      ending.close();
    }
  }

  @Override
  public void close() {
    boolean led;
    synchronized (this) {
      closed.countDown();
      led = term != null;
      if (deadline != null) {
        deadline.cancel();
      }
      end("closed");
    }
    Thread runner = thread;
    if (runner != null) {
      runner.interrupt();
    }
    if (led) {
      release();
    }
  }

  private void release() {
    try {
      Optional<ApiObject> found = client.get(key).orAbsent();
      if (found.isPresent() && LeaseRecord.of(found.get()).holder().equals(identity)) {
        LeaseRecord record = LeaseRecord.of(found.get());
        client.update(
            key,
            LeaseRecord.fill(
                found.get().tree(),
                "",
                Duration.ofSeconds(1),
                record.acquired(),
                record.changes(),
                timers.now()));
      }
    } catch (RuntimeException e) {
      LOG.info("could not give back the lease {}: {}", key.name(), e.toString());
    }
  }
}
