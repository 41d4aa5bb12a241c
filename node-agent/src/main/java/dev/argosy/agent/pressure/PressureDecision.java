package dev.argosy.agent.pressure;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from one look at the machine.
 *
 * @param state to be remembered until the next
 * @param due the thresholds whose grace is over, the one to act on first
 */
record PressureDecision(PressureState state, List<Threshold> due) {

  PressureDecision {
    due = List.copyOf(due);
  }

  /** The one to act on: memory before anything else, then in the order of the settings. */
  Optional<Threshold> first() {
    return due.stream().findFirst();
  }

  /**
   * A threshold that was met stays so until its minimum reclaim is there as well; a condition stays
   * for the transition period after it was last called for, so that it does not flap.
   */
  static PressureDecision of(
      EvictionSettings settings, PressureState before, Map<Signal, Level> levels, Instant now) {
    Map<Threshold, Instant> met = new LinkedHashMap<>();
    for (Threshold one : settings.thresholds()) {
      Instant since = before.metSince().get(one);
      if (one.met(levels) || (since != null && one.unresolved(levels))) {
        met.put(one, since == null ? now : since);
      }
    }
    Map<NodeCondition, Instant> last = new EnumMap<>(NodeCondition.class);
    last.putAll(before.last());
    met.keySet().forEach(one -> last.put(one.signal().condition(), now));
    Set<NodeCondition> conditions = EnumSet.noneOf(NodeCondition.class);
    last.forEach((condition, seen) -> {
      if (Duration.between(seen, now).compareTo(settings.transition()) < 0 || seen.equals(now)) {
        conditions.add(condition);
      }
    });
    List<Threshold> due =
        met.entrySet().stream()
            .filter(e -> Duration.between(e.getValue(), now).compareTo(e.getKey().grace()) >= 0)
            .map(Map.Entry::getKey)
            .sorted(Comparator.comparing(one -> one.signal() != Signal.MEMORY))
            .toList();
    return new PressureDecision(new PressureState(met, last, conditions), due);
  }
}
