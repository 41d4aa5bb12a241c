package dev.argosy.scheduler.topology;

import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Selection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Pods that all of these selections mean.
 *
 * @param selections of one cluster; at least one
 * @param leaving whether those that are being deleted count, too
 */
public record Crowd(List<Selection> selections, boolean leaving) {

  public Crowd {
    selections = List.copyOf(selections);
  }

  Selection first() {
    return selections.getFirst();
  }

  boolean counts(PodView pod, BiFunction<String, String, Map<String, String>> namespaces) {
    if (pod.deleting() && !leaving) {
      return false;
    }
    for (Selection selection : selections) {
      if (!selection.means(pod, namespaces)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it depends on labels of the cluster's namespaces. */
  boolean asksNamespacesOf(String cluster) {
    return selections.stream()
        .anyMatch(s -> s.cluster().equals(cluster) && !s.byLabels().matchesNothing());
  }
}
