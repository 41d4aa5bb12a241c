package dev.argosy.agent.pod.room;

import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.model.schema.validation.QosClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which pods a critical one takes the place of: never critical ones; those of the lowest quality of
 * service and priority first; and no pod that need not go.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/">
 *     Kubernetes: guaranteed scheduling for critical add-on pods</a>
 */
final class Preemption {

  private static final List<String> QUALITIES = List.of("BestEffort", "Burstable", "Guaranteed");
  private static final Comparator<Taken> CHEAPEST_FIRST =
      Comparator.<Taken>comparingInt(one -> QUALITIES.indexOf(QosClass.of(one.pod().spec())))
          .thenComparingLong(one -> one.pod().priority())
          .thenComparing(one -> one.pod().uid());

  private Preemption() {}

  /** Empty if even all of them would not do. */
  static Optional<List<Taken>> victims(List<Shortage> shortages, List<Taken> pods) {
    Map<String, Long> missing = new HashMap<>();
    shortages.forEach(one -> missing.put(one.resource(), one.missing()));
    List<Taken> chosen = new ArrayList<>();
    for (Taken one : pods.stream().sorted(CHEAPEST_FIRST).toList()) {
      if (!one.pod().critical() && !covered(missing) && helps(one.demand(), missing)) {
        chosen.add(one);
        missing.replaceAll((name, before) -> before - one.demand().of(name));
      }
    }
    if (!covered(missing)) {
      return Optional.empty();
    }
    for (Taken dear : List.copyOf(chosen).reversed()) {
      Map<String, Long> without = new HashMap<>(missing);
      without.replaceAll((name, before) -> before + dear.demand().of(name));
      if (covered(without)) {
        chosen.remove(dear);
        missing.putAll(without);
      }
    }
    return Optional.of(chosen);
  }

  private static boolean covered(Map<String, Long> missing) {
    return missing.values().stream().allMatch(amount -> amount <= 0);
  }

  private static boolean helps(Demand demand, Map<String, Long> missing) {
    return missing.entrySet().stream().anyMatch(e -> e.getValue() > 0 && demand.of(e.getKey()) > 0);
  }

  /** What a critical pod hears for which nobody can go. */
  static Rejection impossible(List<Shortage> shortages) {
    String words =
        shortages.stream()
            .map(one -> "(res: %s, q: %d), ".formatted(one.resource(), one.missing()))
            .collect(Collectors.joining());
    return new Rejection(
        "UnexpectedAdmissionError",
        "Unexpected error while attempting to recover from admission failure: preemption: error"
            + " finding a set of pods to preempt: no set of running pods found to reclaim"
            + " resources: ["
            + words
            + "]");
  }
}
