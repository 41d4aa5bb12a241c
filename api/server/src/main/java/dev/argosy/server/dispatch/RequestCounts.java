package dev.argosy.server.dispatch;

import dev.argosy.server.access.AuditRecord;
import dev.argosy.server.access.AuditSink;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by verb, resource and code, on their way to the audit trail. */
public final class RequestCounts implements AuditSink {

  private record Series(String verb, String group, String resource, int code) {}

  private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();
  private final AuditSink next;

  public RequestCounts(AuditSink next) {
    this.next = next;
  }

  @Override
  public void record(AuditRecord entry) {
    boolean known = entry.code() < 400; // so that nobody makes series by asking for nonsense
    Series series =
        new Series(
            known ? entry.attributes().verb() : "",
            known ? entry.attributes().group() : "",
            known ? entry.attributes().resource() : "",
            entry.code());
    counts.computeIfAbsent(series, s -> new LongAdder()).increment();
    next.record(entry);
  }

  /** The counts in Prometheus' text format. */
  public String text() {
    StringBuilder text = new StringBuilder("# TYPE apiserver_request_total counter\n");
    Map<String, Long> lines = new TreeMap<>();
    counts.forEach((series, count) -> lines.put(labels(series), count.sum()));
    lines.forEach((labels, count) ->
        text.append("apiserver_request_total")
            .append(labels)
            .append(' ')
            .append(count)
            .append('\n'));
    return text.toString();
  }

  private static String labels(Series series) {
    return "{code=\""
        + series.code
        + "\",group=\""
        + series.group
        + "\",resource=\""
        + series.resource
        + "\",verb=\""
        + series.verb
        + "\"}";
  }
}
