package dev.argosy.scheduler.queue;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.pod.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Pods that wait for a change, by those who must hear of it; the one that waits longest first. */
final class Shelf {

  private final LinkedHashMap<ObjectKey, WaitingPod> all = new LinkedHashMap<>();
  private final Map<Group, Map<ObjectKey, WaitingPod>> groups = new HashMap<>();

  private record Group(Set<Rejecter> rejecters, boolean promised) {
    static Group of(WaitingPod pod) {
      return new Group(pod.rejectedBy(), pod.promised());
    }

    List<Rejecter> hearing(Change change) {
      return rejecters.stream().filter(r -> hears(r, change)).toList();
    }

    private static boolean hears(Rejecter rejecter, Change change) {
      return change.kinds().stream().anyMatch(rejecter.hears()::contains);
    }
  }

  /** One that is there already keeps its turn. */
  void put(WaitingPod pod) {
    ObjectKey key = pod.pod().key();
    WaitingPod before = all.put(key, pod);
    if (before != null && !Group.of(before).equals(Group.of(pod))) {
      removeFromGroup(before);
    }
    groups.computeIfAbsent(Group.of(pod), group -> new LinkedHashMap<>()).put(key, pod);
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
    groups.computeIfPresent(
        Group.of(pod),
        (group, pods) -> {
          pods.remove(pod.pod().key());
          return pods.isEmpty() ? null : pods;
        });
  }

  /** Takes out those that a change may help. */
  List<WaitingPod> takeHelped(Change change) {
    List<WaitingPod> helped = new ArrayList<>(0);
    groups.forEach((group, pods) -> addHelped(group, pods.values(), change, pod -> true, helped));
    helped.forEach(pod -> remove(pod.pod().key()));
    return helped;
  }

  /** The same of such pods alone, and of none for which room is kept. */
  List<WaitingPod> takeHelped(Change change, Predicate<PodView> whom) {
    List<WaitingPod> helped = new ArrayList<>(0);
    groups.forEach((group, pods) -> {
      if (!group.promised()) {
        addHelped(group, pods.values(), change, whom, helped);
      }
    });
    helped.forEach(pod -> remove(pod.pod().key()));
    return helped;
  }

  private static void addHelped(
      Group group,
      Collection<WaitingPod> pods,
      Change change,
      Predicate<PodView> whom,
      List<WaitingPod> helped) {
    List<Rejecter> hearing = group.hearing(change);
    if (hearing.isEmpty() && !group.rejecters().isEmpty()) {
      return;
    }
    for (WaitingPod pod : pods) {
      if (whom.test(pod.pod())
          && (hearing.isEmpty() || hearing.stream().anyMatch(r -> r.mayHelp(pod.pod(), change)))) {
        helped.add(pod);
      }
    }
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
