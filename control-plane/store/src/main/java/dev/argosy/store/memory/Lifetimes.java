package dev.argosy.store.memory;

import dev.argosy.model.object.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When keys end by themselves. Guarded by the store's lock. */
final class Lifetimes {

  private final Clock clock;
  private final Map<ObjectKey, Instant> ends = new HashMap<>();

  Lifetimes(Clock clock) {
    this.clock = clock;
  }

  /** The key's end from now on; none if the lifetime is zero. */
  void put(ObjectKey key, Duration lifetime) {
    if (lifetime.isZero()) {
      remove(key);
    } else {
      ends.put(key, clock.instant().plus(lifetime));
    }
  }

  void remove(ObjectKey key) {
    if (!ends.isEmpty()) {
      ends.remove(key);
    }
  }

  /** Those whose time is over, which are forgotten here. */
  List<ObjectKey> takeOver() {
    if (ends.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<ObjectKey> over = new ArrayList<>();
    ends.forEach((key, end) -> {
      if (!now.isBefore(end)) {
        over.add(key);
      }
    });
    over.forEach(ends::remove);
    return over;
  }

  /** How long until the next one ends: 0 if one is over; the longest time if there is none. */
  long nanosToNext() {
    return ends.values().stream()
        .min(Instant::compareTo)
        .map(end -> Math.max(0, Duration.between(clock.instant(), end).toNanos()))
        .orElse(Long.MAX_VALUE);
  }
}
