package dev.argosy.server.audit;

import static java.util.Objects.requireNonNull;

import dev.argosy.model.metric.Metrics;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Decides by the policy what is kept of a request, and hands its events to whoever keeps them. */
public final class Auditor {

  private final AuditPolicy policy;
  private final List<AuditSink> sinks;
  private final Clock clock;
  private final Metrics.Counter events;
  private final Map<AuditLevel, Metrics.Counter> levels = new EnumMap<>(AuditLevel.class);

  public Auditor(AuditPolicy policy, List<AuditSink> sinks, Metrics metrics, Clock clock) {
    this.policy = policy;
    this.sinks = List.copyOf(sinks);
    this.clock = clock;
    this.events =
        metrics.counter("apiserver_audit_event_total", "Audit events that were made.").with();
    Metrics.Family<Metrics.Counter> byLevel =
        metrics.counter("apiserver_audit_level_total", "Audited requests by level.", "level");
    for (AuditLevel level : AuditLevel.values()) {
      levels.put(level, byLevel.with(level.text()));
    }
  }

  /** Keeps nothing. */
  public static Auditor none() {
    return new Auditor(AuditPolicy.NOTHING, List.of(), Metrics.none(), Clock.systemUTC());
  }

  /** The sender of a request is known; what happens to it from now on may be kept. */
  public AuditContext begin(AuditRequest request) {
    if (sinks.isEmpty()) {
      return AuditContext.NONE;
    }
    AuditPolicy.Decision decision = policy.decide(request.attributes());
    requireNonNull(levels.get(decision.level())).increment();
    AuditContext context = new AuditContext(this, request, decision);
    context.received();
    return context;
  }

  Instant now() {
    return clock.instant();
  }

  void send(AuditEvent event) {
    events.increment();
    for (AuditSink sink : sinks) {
      sink.accept(event);
    }
  }
}
