package dev.argosy.server.dispatch;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.metric.Metrics.Reading;
import dev.argosy.server.metrics.RequestLabels;
import dev.argosy.server.request.RequestInfo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The requests that are being answered now. Any thread. */
public final class InFlight {

  private static final Set<String> LONG_PARTS =
      Set.of("attach", "exec", "log", "portforward", "proxy");
  private static final Set<String> READS = Set.of("get", "list", "watch", "head", "options");

  private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

  /**
   * One request.
   *
   * @param id its Audit-ID
   * @param age since it came
   */
  public record Running(
      String id, String user, String cluster, RequestInfo info, String verb, Duration age) {}

  public InFlight(Metrics metrics) {
    metrics.gauge(
        "apiserver_current_inflight_requests",
        "Requests that are being answered, without long-running ones.",
        List.of("request_kind"),
        this::current);
    metrics.gauge(
        "apiserver_longrunning_requests",
        "Watches and streams that are open.",
        List.of("verb", "group", "version", "resource", "subresource", "scope", "component"),
        this::longRunning);
  }

  void begin(Exchange exchange) {
    running.add(exchange);
  }

  void end(Exchange exchange) {
    running.remove(exchange);
  }

  /** Whether such a request lasts as long as its client likes. */
  static boolean lasts(RequestInfo info) {
    return info.verb().equals("watch") || LONG_PARTS.contains(info.subresource());
  }

  /** All of them, oldest first. */
  public List<Running> list() {
    return running.stream()
        .map(exchange ->
            new Running(
                exchange.id,
                exchange.user().name(),
                exchange.cluster(),
                exchange.info(),
                verb(exchange),
                Duration.ofNanos(exchange.age())))
        .sorted(Comparator.comparing(Running::age).reversed())
        .toList();
  }

  /** As metrics name it. */
  static String verb(Exchange exchange) {
    RequestInfo info = exchange.info();
    if (LONG_PARTS.contains(info.subresource()) && !info.subresource().equals("log")) {
      return "CONNECT";
    }
    String type = exchange.header("Content-Type");
    return RequestLabels.verb(
        info, exchange.request.getMethod(), type.startsWith("application/apply-patch"));
  }

  private List<Reading> current() {
    long reads = 0;
    long writes = 0;
    for (Exchange exchange : running) {
      RequestInfo info = exchange.info();
      if (lasts(info)) {
        continue;
      }
      if (READS.contains(info.verb())) {
        reads++;
      } else {
        writes++;
      }
    }
    return List.of(
        new Reading(reads, List.of("readOnly")), new Reading(writes, List.of("mutating")));
  }

  private List<Reading> longRunning() {
    Map<RequestLabels, Long> counts =
        running.stream()
            .filter(exchange -> lasts(exchange.info()))
            .collect(
                Collectors.groupingBy(
                    exchange -> RequestLabels.of(exchange.info(), verb(exchange)),
                    Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> new Reading(entry.getValue(), labels(entry.getKey())))
        .toList();
  }

  private static List<String> labels(RequestLabels of) {
    return List.of(
        of.verb(),
        of.group(),
        of.version(),
        of.resource(),
        of.subresource(),
        of.scope(),
        "apiserver");
  }
}
