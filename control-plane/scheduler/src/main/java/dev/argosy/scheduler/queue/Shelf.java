package dev.argosy.scheduler.queue;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.filter.Rejecter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pods that wait for a change, by those who must hear of it; the one that waits longest first. */
final class Shelf {

  private final LinkedHashMap<ObjectKey, WaitingPod> all = new LinkedHashMap<>();
  private final Map<Set<Rejecter>, Map<ObjectKey, WaitingPod>> byRejecters = new HashMap<>();

  /** One that is there already keeps its turn. */
  void put(WaitingPod pod) {
    ObjectKey key = pod.pod().key();
    WaitingPod before = all.put(key, pod);
    if (before != null && !before.rejectedBy().equals(pod.rejectedBy())) {
      removeFromGroup(before);
    }
    byRejecters.computeIfAbsent(pod.rejectedBy(), by -> new LinkedHashMap<>()).put(key, pod);
  }

  /** Answers whether it was there. */
  boolean remove(ObjectKey key) {
    WaitingPod pod = all.remove(key);
    if (pod != null) {
      removeFromGroup(pod);
    }
    return pod != null;
  }

  private void removeFromGroup(WaitingPod pod) {
    byRejecters.computeIfPresent(
        pod.rejectedBy(),
        (by, pods) -> {
          pods.remove(pod.pod().key());
          return pods.isEmpty() ? null : pods;
        });
  }

  /** Takes out those that a change may help. */
  List<WaitingPod> takeHelped(Change change) {
    List<WaitingPod> helped = new ArrayList<>(0);
    for (Map.Entry<Set<Rejecter>, Map<ObjectKey, WaitingPod>> group : byRejecters.entrySet()) {
      List<Rejecter> hearing = group.getKey().stream().filter(r -> hears(r, change)).toList();
      if (hearing.isEmpty() && !group.getKey().isEmpty()) {
        continue;
      }
      for (WaitingPod pod : group.getValue().values()) {
        if (hearing.isEmpty() || hearing.stream().anyMatch(r -> r.mayHelp(pod.pod(), change))) {
          helped.add(pod);
        }
      }
    }
    helped.forEach(pod -> remove(pod.pod().key()));
    return helped;
  }

  private static boolean hears(Rejecter rejecter, Change change) {
    return change.kinds().stream().anyMatch(rejecter.hears()::contains);
  }

  /** Takes out those that wait since then or longer. */
  List<WaitingPod> takeSince(Instant then) {
    List<WaitingPod> tired = new ArrayList<>(0);
    for (WaitingPod pod : all.values()) {
      if (pod.since().isAfter(then)) {
        break;
      }
      tired.add(pod);
    }
    tired.forEach(pod -> remove(pod.pod().key()));
    return tired;
  }

  /** Since when the first one waits. */
  Optional<Instant> oldest() {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.firstEntry().getValue().since());
  }
}
