package dev.argosy.controllers.csi.attach;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the pods of a node what becomes of their volume, each thing once. Any thread. */
final class AttachTold {

  private final EventRecorder events;
  private final Map<ObjectKey, Map<String, String>> told = new ConcurrentHashMap<>();

  AttachTold(EventRecorder events) {
    this.events = events;
  }

  /** Of these nodes no pod waits for the volume any more, or it has it. */
  void keepOnly(ObjectKey volume, Set<String> nodes) {
    told.computeIfPresent(
        volume,
        (v, byNode) -> {
          byNode.keySet().retainAll(nodes);
          return byNode.isEmpty() ? null : byNode;
        });
  }

  void attached(ObjectKey volume, Collection<PodView> pods, String name) {
    told.computeIfPresent(
        volume,
        (v, byNode) -> {
          pods.forEach(pod -> byNode.remove(pod.node()));
          return byNode.isEmpty() ? null : byNode;
        });
    String message = "AttachVolume.Attach succeeded for volume \"" + name + "\" ";
    pods.forEach(pod -> events.normal(subject(pod), "SuccessfulAttachVolume", message));
  }

  void failed(ObjectKey volume, Collection<PodView> pods, String name, String why) {
    warn(volume, pods, "AttachVolume.Attach failed for volume \"" + name + "\" : " + why);
  }

  /** That other nodes have a volume that one node only may have. */
  void elsewhere(
      ObjectKey volume, Collection<PodView> pods, String name, Collection<PodView> others) {
    warn(volume, pods, "Multi-Attach error for volume \"" + name + "\" " + holders(pods, others));
  }

  private static String holders(Collection<PodView> pods, Collection<PodView> others) {
    if (others.isEmpty()) {
      return "Volume is already exclusively attached to one node and can't be attached to another";
    }
    List<String> beside = new ArrayList<>();
    for (PodView other : others) {
      if (pods.stream().allMatch(p -> p.key().namespace().equals(other.key().namespace()))) {
        beside.add(other.name());
      }
    }
    beside.sort(null);
    int away = others.size() - beside.size();
    String rest = away + " pod(s) in different namespaces";
    return "Volume is already used by "
        + (beside.isEmpty()
            ? rest
            : "pod(s) " + String.join(", ", beside) + (away == 0 ? "" : " and " + rest));
  }

  private void warn(ObjectKey volume, Collection<PodView> pods, String message) {
    for (PodView pod : pods) {
      boolean[] news = new boolean[1];
      told.compute(
          volume,
          (v, known) -> {
            Map<String, String> byNode = known == null ? new HashMap<>() : known;
            news[0] = !message.equals(byNode.put(pod.node(), message));
            return byNode;
          });
      if (news[0]) {
        events.warning(subject(pod), "FailedAttachVolume", message);
      }
    }
  }

  private static Subject subject(PodView pod) {
    return Subject.of("v1", "Pod", pod.object());
  }
}
