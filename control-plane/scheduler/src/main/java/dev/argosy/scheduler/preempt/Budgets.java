package dev.argosy.scheduler.preempt;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The disruption budgets of all clusters. One thread. */
public final class Budgets {

  private record Place(String cluster, String namespace) {
    static Place of(ObjectKey key) {
      return new Place(key.cluster(), key.namespace());
    }
  }

  private final Map<Place, Map<ObjectKey, Budget>> byPlace = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();

  /** Counts the changes of a cluster's budgets. */
  long version(String cluster) {
    return versions.getOrDefault(cluster, 0L);
  }

  public void put(Budget budget) {
    versions.merge(budget.key().cluster(), 1L, Long::sum);
    byPlace.computeIfAbsent(Place.of(budget.key()), p -> new HashMap<>()).put(budget.key(), budget);
  }

  public void remove(Budget budget) {
    versions.merge(budget.key().cluster(), 1L, Long::sum);
    Place place = Place.of(budget.key());
    Map<ObjectKey, Budget> left = byPlace.getOrDefault(place, new HashMap<>());
    left.remove(budget.key());
    if (left.isEmpty()) {
      byPlace.remove(place);
    }
  }

  /** Those of the pods, gone one after the other, whose going a budget does not allow. */
  Set<ObjectKey> violating(List<PodView> pods) {
    if (byPlace.isEmpty()) {
      return Set.of();
    }
    Set<ObjectKey> violating = new HashSet<>();
    Map<ObjectKey, Integer> taken = new HashMap<>();
    for (PodView pod : pods) {
      for (Budget budget : of(pod)) {
        if (budget.isAbout(pod) && taken.merge(budget.key(), 1, Integer::sum) > budget.allowed()) {
          violating.add(pod.key());
        }
      }
    }
    return violating;
  }

  private Collection<Budget> of(PodView pod) {
    return byPlace.getOrDefault(Place.of(pod.key()), Map.of()).values();
  }
}
