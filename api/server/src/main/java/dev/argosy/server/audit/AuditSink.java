package dev.argosy.server.audit;

/** Keeps events. Called by requests' threads; must not block, nor fail. */
public interface AuditSink {
  void accept(AuditEvent event);
}
