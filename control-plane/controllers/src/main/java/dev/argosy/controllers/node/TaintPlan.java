package dev.argosy.controllers.node;

import dev.argosy.controllers.condition.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The taints that a node's conditions call for (the Kubernetes page "Taints and Tolerations", taint
 * based evictions and taint nodes by condition).
 */
final class TaintPlan {

  /** Condition to taint, where a condition that is True is bad. */
  private static final Map<String, String> BAD_IF_TRUE =
      new LinkedHashMap<>(
          Map.of(
              "MemoryPressure", "node.kubernetes.io/memory-pressure",
              "DiskPressure", "node.kubernetes.io/disk-pressure",
              "PIDPressure", "node.kubernetes.io/pid-pressure",
              "NetworkUnavailable", "node.kubernetes.io/network-unavailable"));

  private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

  private TaintPlan() {}

  /**
   * All taints that the node shall have: those of others unchanged, ours as its state calls for.
   *
   * @param conditions as they are to be, which may be newer than the node's own
   * @param expels whether the pods of a node that is not ready are to go
   */
  static List<Taint> of(NodeView node, List<Condition> conditions, boolean expels, Instant now) {
    List<Taint> wanted = wanted(node, conditions, expels, now);
    List<Taint> result = new ArrayList<>();
    for (Taint present : node.taints()) {
      if (!ours(present) || wanted.stream().anyMatch(present::sameAs)) {
        result.add(present);
      }
    }
    for (Taint taint : wanted) {
      if (result.stream().noneMatch(taint::sameAs)) {
        result.add(taint);
      }
    }
    return result;
  }

  private static List<Taint> wanted(
      NodeView node, List<Condition> conditions, boolean expels, Instant now) {
    List<Taint> wanted = new ArrayList<>();
    String ready = Condition.find(conditions, "Ready").map(Condition::status).orElse("Unknown");
    if (!ready.equals("True")) {
      String key = ready.equals("False") ? Taint.NOT_READY : Taint.UNREACHABLE;
      wanted.add(new Taint(key, "", Taint.NO_SCHEDULE, Optional.empty()));
      if (expels) {
        wanted.add(new Taint(key, "", Taint.NO_EXECUTE, Optional.of(now)));
      }
    }
    BAD_IF_TRUE.forEach((condition, key) -> {
      if (Condition.isTrue(conditions, condition)) {
        wanted.add(new Taint(key, "", Taint.NO_SCHEDULE, Optional.empty()));
      }
    });
    if (node.unschedulable()) {
      wanted.add(new Taint(UNSCHEDULABLE, "", Taint.NO_SCHEDULE, Optional.empty()));
    }
    return wanted;
  }

  private static boolean ours(Taint taint) {
    boolean scheduling =
        taint.effect().equals(Taint.NO_SCHEDULE)
            && (BAD_IF_TRUE.containsValue(taint.key()) || taint.key().equals(UNSCHEDULABLE));
    boolean readiness =
        !taint.effect().equals("PreferNoSchedule")
            && (taint.key().equals(Taint.NOT_READY) || taint.key().equals(Taint.UNREACHABLE));
    return scheduling || readiness;
  }
}
