package dev.argosy.server.audit;

import dev.argosy.model.metric.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Between requests and the thread that writes: bounded; what does not fit is counted and gone. */
final class BatchQueue {

  private static final int BATCH = 500;

  private final BlockingQueue<AuditEvent> queue;
  private final AtomicLong lost = new AtomicLong();
  private final Metrics.Counter failed;

  BatchQueue(int most, Metrics metrics, String plugin) {
    queue = new ArrayBlockingQueue<>(most);
    failed =
        metrics
            .counter("apiserver_audit_error_total", "Audit events that were lost.", "plugin")
            .with(plugin);
  }

  void offer(AuditEvent event) {
    if (!queue.offer(event)) {
      lost(1);
    }
  }

  void lost(int count) {
    lost.addAndGet(count);
    failed.add(count);
  }

  /** How many were lost since this was asked last. */
  long takeLost() {
    return lost.getAndSet(0);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** What is there, waiting half a second for the first. */
  List<AuditEvent> next() throws InterruptedException {
    List<AuditEvent> batch = new ArrayList<>();
    AuditEvent first = queue.poll(500, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      queue.drainTo(batch, BATCH - 1);
    }
    return batch;
  }
}
