package dev.argosy.server.flowcontrol;

import dev.argosy.server.flowcontrol.Configuration.State;
import dev.argosy.server.flowcontrol.schema.Classifier;
import dev.argosy.server.flowcontrol.seat.TenantSeats;
import java.util.concurrent.locks.ReentrantLock;

/** What is known of one cluster that is in use: its seats and its configuration. */
final class Share {

  private final String cluster;
  private final TenantSeats seats;
  private final ReentrantLock compiling = new ReentrantLock();
  private volatile Known known;
  private volatile long lastUse;

  private record Known(State state, Classifier classifier) {}

  Share(String cluster, TenantSeats seats, Classifier untouched) {
    this.cluster = cluster;
    this.seats = seats;
    this.known = new Known(new State(null, null, null, false), untouched);
    seats.configure(untouched.levels());
  }

  TenantSeats seats() {
    return seats;
  }

  void use(long nanos) {
    lastUse = nanos;
  }

  boolean unusedSince(long nanos) {
    return lastUse - nanos < 0 && seats.idle();
  }

  /** The configuration as the caches have it now. */
  Classifier classifier(Configuration configuration) {
    State now = configuration.state(cluster);
    Known last = known;
    return !now.known() || now.same(last.state()) ? last.classifier() : renew(configuration, now);
  }

  private Classifier renew(Configuration configuration, State now) {
    compiling.lock();
    try {
      if (!now.same(known.state())) {
        Classifier made = configuration.compile(cluster);
        seats.configure(made.levels());
        known = new Known(now, made);
      }
      return known.classifier();
    } finally {
      compiling.unlock();
    }
  }
}
