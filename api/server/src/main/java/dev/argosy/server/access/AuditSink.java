package dev.argosy.server.access;

/** Keeps the record of requests. Called once per request, after its answer; must not block. */
public interface AuditSink {

  void record(AuditRecord entry);

  /** Keeps nothing. */
  static AuditSink none() {
    return entry -> {};
  }
}
