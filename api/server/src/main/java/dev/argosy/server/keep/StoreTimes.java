package dev.argosy.server.keep;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Measures calls of the store, by what is done to which resource. */
final class StoreTimes {

  private static final int MOST = 1_000;
  private static final double[] BOUNDS = {
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30,
    45, 60
  };

  private final Map<Call, Measured> measured = new ConcurrentHashMap<>();
  private final Metrics.Family<Metrics.Histogram> durations;
  private final Metrics.Family<Metrics.Counter> requests;
  private final Metrics.Family<Metrics.Counter> errors;

  private record Call(String operation, GroupResource resource) {}

  private record Measured(
      Metrics.Histogram duration, Metrics.Counter requests, Metrics.Counter errors) {}

  StoreTimes(Metrics metrics) {
    String[] labels = {"operation", "group", "resource"};
    durations =
        metrics.histogram(
            "etcd_request_duration_seconds", "Time of calls of the store.", BOUNDS, labels);
    requests = metrics.counter("etcd_requests_total", "Calls of the store.", labels);
    errors =
        metrics.counter(
            "etcd_request_errors_total", "Calls of the store that could not be made.", labels);
  }

  <T> T time(String operation, GroupResource resource, Supplier<T> call) {
    Measured found = of(new Call(operation, resource));
    long begin = System.nanoTime();
    boolean good = false;
    try {
      T result = call.get();
      good = true;
      return result;
    } finally {
      found.requests.increment();
      found.duration.observe((System.nanoTime() - begin) / 1e9);
      if (!good) {
        found.errors.increment();
      }
    }
  }

  private Measured of(Call call) {
    Measured found = measured.get(call);
    if (found == null) {
      found = make(call);
      if (measured.size() < MOST) {
        measured.putIfAbsent(call, found);
      }
    }
    return found;
  }

  private Measured make(Call call) {
    String[] values = {call.operation, call.resource.group(), call.resource.resource()};
    return new Measured(durations.with(values), requests.with(values), errors.with(values));
  }
}
