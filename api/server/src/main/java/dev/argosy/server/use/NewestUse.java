package dev.argosy.server.use;

import dev.argosy.model.use.UseReport;
import dev.argosy.server.use.Figures.OfPod;
import dev.argosy.server.use.UseKeeper.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest report of each node, in memory alone: a server that just started knows nothing. What
 * is older than two minutes is not shown. Any thread may call.
 */
final class NewestUse {

  static final Duration FRESH = Duration.ofMinutes(2);

  private final Clock clock;
  private final Map<String, Known> nodes = new ConcurrentHashMap<>();

  private volatile Instant nextSweep = Instant.MIN;

  private record Known(UseReport report, Figures figures) {}

  NewestUse(Clock clock) {
    this.clock = clock;
  }

  /** Takes a report; one that is not newer than the last of its boot changes nothing. */
  void take(Taken taken) {
    Instant now = clock.instant();
    nodes.compute(taken.node(), (node, known) -> next(taken, known, now));
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(FRESH);
      nodes.values().removeIf(known -> !fresh(known.figures, now));
    }
  }

  private static Known next(Taken taken, @Nullable Known known, Instant now) {
    UseReport report = taken.report();
    boolean same = known != null && known.report.boot().equals(report.boot());
    if (known != null && same && report.uptime() <= known.report.uptime()) {
      return known;
    }
    UseReport earlier = known != null && same ? known.report : null;
    return new Known(report, Measuring.of(taken, earlier, now));
  }

  private static boolean fresh(Figures figures, Instant now) {
    return figures.at().plus(FRESH).isAfter(now);
  }

  /** What a node and its pods use; empty if it has not said lately. */
  Optional<Figures> of(String node) {
    Instant now = clock.instant();
    return Optional.ofNullable(nodes.get(node))
        .map(Known::figures)
        .filter(figures -> fresh(figures, now));
  }

  /** What a pod uses, as far as it is known. */
  Optional<OfPod> ofPod(String node, String uid) {
    return of(node).flatMap(figures -> Optional.ofNullable(figures.pods().get(uid)));
  }

  /** All pods of which something is known. */
  Stream<OfPod> pods() {
    Instant now = clock.instant();
    return nodes.values().stream()
        .map(Known::figures)
        .filter(figures -> fresh(figures, now))
        .flatMap(figures -> figures.pods().values().stream());
  }
}
