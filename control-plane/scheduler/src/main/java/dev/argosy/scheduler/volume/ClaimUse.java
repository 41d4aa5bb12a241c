package dev.argosy.scheduler.volume;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.ClaimRef;
import dev.argosy.scheduler.pod.PodView;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which claims the pods that are on nodes use, and how many of them each. One thread. */
public final class ClaimUse {

  private final Map<ObjectKey, Integer> everywhere = new HashMap<>();
  private final Map<Integer, Map<ObjectKey, Integer>> bySlot = new HashMap<>();

  /** A pod is on a node from now on. */
  public void enter(PodView pod, int slot) {
    count(pod, slot, 1);
  }

  /** It is no longer. */
  public void leave(PodView pod, int slot) {
    count(pod, slot, -1);
  }

  private void count(PodView pod, int slot, int amount) {
    for (ClaimRef ref : pod.claims()) {
      ObjectKey claim = ClaimView.key(pod.key(), ref.name());
      add(everywhere, claim, amount);
      Map<ObjectKey, Integer> here = bySlot.computeIfAbsent(slot, s -> new HashMap<>());
      add(here, claim, amount);
      if (here.isEmpty()) {
        bySlot.remove(slot);
      }
    }
  }

  private static void add(Map<ObjectKey, Integer> counts, ObjectKey claim, int amount) {
    if (counts.merge(claim, amount, Integer::sum) == 0) {
      counts.remove(claim);
    }
  }

  /** Whether a pod on any node uses the claim. */
  public boolean used(ObjectKey claim) {
    return everywhere.containsKey(claim);
  }

  /** The claims that pods of one node use. */
  public Set<ObjectKey> on(int slot) {
    return bySlot.getOrDefault(slot, Map.of()).keySet();
  }
}
