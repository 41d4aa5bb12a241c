package dev.argosy.agent.pod.manifest;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which mirrors must go, and which must be made; pure. A mirror of what the file said before, or
 * that somebody deletes, goes first and is made anew with the next plan.
 */
public record MirrorPlan(List<PodView> create, List<PodView> delete) {

  public MirrorPlan {
    create = List.copyOf(create);
    delete = List.copyOf(delete);
  }

  /**
   * @param running static pods that run, also those that are ending
   * @param mirrors all mirrors of this node that the API has
   */
  public static MirrorPlan of(Collection<PodView> running, Collection<PodView> mirrors) {
    Map<ObjectKey, PodView> wanted = new HashMap<>();
    running.forEach(pod -> wanted.merge(pod.key(), pod, MirrorPlan::lasting));
    List<PodView> delete = new ArrayList<>();
    for (PodView mirror : mirrors) {
      PodView pod = wanted.remove(mirror.key());
      if (pod == null
          || mirror.deletionTimestamp() != null
          || !mirror.annotation(PodView.CONFIG_MIRROR).equals(pod.uid())) {
        delete.add(mirror);
      }
    }
    List<PodView> create =
        wanted.values().stream().filter(pod -> pod.deletionTimestamp() == null).toList();
    return new MirrorPlan(create, delete);
  }

  private static PodView lasting(PodView one, PodView other) {
    return one.deletionTimestamp() == null ? one : other;
  }
}
