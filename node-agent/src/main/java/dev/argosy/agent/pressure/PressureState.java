package dev.argosy.agent.pressure;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered from one look to the next.
 *
 * @param metSince the thresholds that are met, and since when without a break
 * @param last when a condition was last called for
 * @param conditions what the node says
 */
record PressureState(
    Map<Threshold, Instant> metSince,
    Map<NodeCondition, Instant> last,
    Set<NodeCondition> conditions) {

  static final PressureState CALM = new PressureState(Map.of(), Map.of(), Set.of());

  PressureState {
    metSince = Map.copyOf(metSince);
    last = Map.copyOf(last);
    conditions = Set.copyOf(conditions);
  }
}
