package dev.argosy.server.audit;

import dev.argosy.model.metric.Metrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The audit, put together: policy, the file if there is one, and the trail in the database. */
public final class AuditLayer implements AutoCloseable {

  private final Auditor auditor;
  private final AuditTrail trail;
  private final List<AuditFile> files = new ArrayList<>();

  /**
   * Not running yet.
   *
   * @throws IllegalArgumentException if the policy cannot be used
   */
  public AuditLayer(AuditConfig config, TrailStore store, Metrics metrics, Clock clock) {
    AuditPolicy policy =
        config.policy().map(AuditPolicyReader::read).orElseGet(AuditPolicyReader::byDefault);
    trail = new AuditTrail(store, metrics, clock);
    config
        .log()
        .ifPresent(file ->
            files.add(new AuditFile(file, config.logBytes(), config.logBackups(), metrics)));
    List<AuditSink> sinks = new ArrayList<>(files);
    sinks.add(trail);
    auditor = new Auditor(policy, sinks, metrics, clock);
  }

  public Auditor auditor() {
    return auditor;
  }

  /**
   * Begins to write.
   *
   * @throws IllegalArgumentException if the file cannot be written
   */
  public void start() {
    files.forEach(AuditFile::start);
    trail.start();
  }

  /** Writes what is queued; waits a few seconds for that at most. */
  @Override
  public void close() {
    files.forEach(AuditFile::close);
    trail.close();
  }
}
