package dev.argosy.controllers.daemonset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Pods that fail at once are replaced later and later: after a second, two, four… */
final class Replacing {

  private static final Duration LONGEST = Duration.ofMinutes(15);

  private record Pause(Duration length, Instant until) {}

  private final Map<ObjectKey, Pause> pauses = new ConcurrentHashMap<>();

  /** How long to wait before these are replaced; zero if it may be done now. */
  Duration left(ObjectKey set, List<PodView> failed, Instant now) {
    if (failed.isEmpty()) {
      return Duration.ZERO;
    }
    Optional<Pause> before = Optional.ofNullable(pauses.get(set));
    Optional<Duration> rest =
        before.map(p -> Duration.between(now, p.until())).filter(Duration::isPositive);
    if (rest.isPresent()) {
      return rest.get();
    }
    Duration length =
        before
            .filter(p -> !now.isAfter(p.until().plus(LONGEST)))
            .map(p -> p.length().multipliedBy(2))
            .orElse(Duration.ofSeconds(1));
    Duration capped = length.compareTo(LONGEST) > 0 ? LONGEST : length;
    pauses.put(set, new Pause(capped, now.plus(capped)));
    return Duration.ZERO;
  }

  void forget(ObjectKey set) {
    pauses.remove(set);
  }
}
