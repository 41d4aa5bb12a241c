package dev.argosy.store.memory;

import dev.argosy.model.object.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** When keys end by themselves, the next one first. Guarded by the store's lock. */
final class Lifetimes {

  private record End(ObjectKey key, Instant at) {}

  private final Clock clock;
  private final Map<ObjectKey, End> ends = new HashMap<>();
  private final TreeSet<End> inOrder =
      new TreeSet<>(Comparator.comparing(End::at).thenComparing(End::key));

  Lifetimes(Clock clock) {
    this.clock = clock;
  }

  /** The key's end from now on; none if the lifetime is zero. */
  void put(ObjectKey key, Duration lifetime) {
    remove(key);
    if (!lifetime.isZero()) {
      End end = new End(key, clock.instant().plus(lifetime));
      ends.put(key, end);
      inOrder.add(end);
    }
  }

  void remove(ObjectKey key) {
    End end = ends.remove(key);
    if (end != null) {
      inOrder.remove(end);
    }
  }

  /** Those whose time is over, which are forgotten here. */
  List<ObjectKey> takeOver() {
    if (ends.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<ObjectKey> over = new ArrayList<>(0);
    while (!inOrder.isEmpty() && !now.isBefore(inOrder.first().at())) {
      ObjectKey key = inOrder.removeFirst().key();
      ends.remove(key);
      over.add(key);
    }
    return over;
  }

  /** How long until the next one ends: 0 if one is over; the longest time if there is none. */
  long nanosToNext() {
    return inOrder.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(0, Duration.between(clock.instant(), inOrder.first().at()).toNanos());
  }
}
