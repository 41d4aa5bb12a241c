package dev.argosy.server.flowcontrol;

import dev.argosy.server.flowcontrol.Sample.Type;
import dev.argosy.server.flowcontrol.seat.LevelState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The states of levels under the names that Kubernetes gives them, name by name. */
final class Samples {

  private static final String PREFIX = "apiserver_flowcontrol_";

  private Samples() {}

  static List<Sample> of(List<LevelState> levels) {
    List<Sample> all = new ArrayList<>();
    gauge(all, levels, "nominal_limit_seats", level -> level.limits().nominal());
    gauge(all, levels, "lower_limit_seats", level -> level.limits().kept());
    gauge(all, levels, "upper_limit_seats", level -> level.limits().most());
    gauge(all, levels, "request_concurrency_limit", level -> level.limits().nominal());
    gauge(all, levels, "current_limit_seats", level -> level.limits().most());
    gauge(all, levels, "current_executing_seats", LevelState::used);
    gauge(all, levels, "current_inqueue_requests", LevelState::waiting);
    counter(all, levels, "dispatched_requests_total", "", LevelState::dispatched);
    for (LevelState level : levels) {
      boolean queues = level.spec().queuing().isPresent();
      String why = queues ? "queue-full" : "concurrency-limit";
      counter(all, List.of(level), "rejected_requests_total", why, LevelState::refused);
      counter(all, List.of(level), "rejected_requests_total", "time-out", LevelState::timedOut);
    }
    return all;
  }

  private static void gauge(
      List<Sample> all, List<LevelState> levels, String name, ToDoubleFunction<LevelState> value) {
    for (LevelState level : levels) {
      Map<String, String> labels = Map.of("priority_level", level.spec().name());
      all.add(new Sample(PREFIX + name, Type.GAUGE, labels, value.applyAsDouble(level)));
    }
  }

  private static void counter(
      List<Sample> all,
      List<LevelState> levels,
      String name,
      String reason,
      ToDoubleFunction<LevelState> value) {
    for (LevelState level : levels) {
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put("priority_level", level.spec().name());
      if (!reason.isEmpty()) {
        labels.put("reason", reason);
      }
      all.add(new Sample(PREFIX + name, Type.COUNTER, labels, value.applyAsDouble(level)));
    }
  }
}
