package dev.argosy.controllers.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods of one workload and what was measured of them, for tests. */
final class Pods {

  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));
  private static final Duration WINDOW = Duration.ofSeconds(15);

  final List<ScaledPod> all = new ArrayList<>();
  final Map<String, Sample> samples = new HashMap<>();
  private long request = 1000;

  /** What the pods added from now on request, in thousandths. */
  Pods requesting(long milli) {
    request = milli;
    return this;
  }

  /** Pods that have been ready for long, one for each figure. */
  Pods using(long... milli) {
    for (long used : milli) {
      measured(add("Running", LONG_AGO, true, LONG_AGO, false), used, NOW);
    }
    return this;
  }

  /** Ready pods of which nothing was measured. */
  Pods withoutFigures(int count) {
    for (int i = 0; i < count; i++) {
      add("Running", LONG_AGO, true, LONG_AGO, false);
    }
    return this;
  }

  /** Pods that began a minute ago and are not ready. */
  Pods unready(long... milli) {
    for (long used : milli) {
      Instant started = NOW.minus(Duration.ofMinutes(1));
      measured(add("Running", started, false, started, false), used, NOW);
    }
    return this;
  }

  /** One with everything said. */
  Pods one(Instant started, boolean ready, Instant since, long used) {
    measured(add("Running", started, ready, since, false), used, NOW);
    return this;
  }

  Pods deleting(long used) {
    measured(add("Running", LONG_AGO, true, LONG_AGO, true), used, NOW);
    return this;
  }

  Pods in(String phase, long used) {
    measured(add(phase, LONG_AGO, false, LONG_AGO, false), used, NOW);
    return this;
  }

  private void measured(String pod, long used, Instant at) {
    samples.put(pod, new Sample(used, at, WINDOW));
  }

  private String add(String phase, Instant started, boolean ready, Instant since, boolean ends) {
    String name = "web-" + all.size();
    Map<String, Long> requests = request == 0 ? Map.of() : Map.of("cpu", request);
    all.add(
        new ScaledPod(
            name,
            phase,
            ends,
            Optional.of(started),
            Optional.of(new ScaledPod.Readiness(ready, since)),
            Map.of(),
            List.of(new ScaledPod.Container("c", requests))));
    return name;
  }

  PodGroups groups() {
    return PodGroups.of(all, samples, true, NOW);
  }

  PerPod perPod(int replicas) {
    return new PerPod(groups(), replicas, new Tolerance(0.1, 0.1));
  }
}
