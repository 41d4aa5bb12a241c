package dev.argosy.controllers.statefulset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.revision.History;
import dev.argosy.controllers.statefulset.SetStatus.Counts;
import java.time.Instant;
import java.util.List;

/** The status that a StatefulSet's pods make. */
final class Progress {

  private Progress() {}

  /**
   * @param steps of this pass; what they delete is current no more, so that its successor is not
   *     made of the old template
   */
  static SetStatus status(
      SetView set, History history, List<PodView> pods, List<Step> steps, Instant now) {
    String update = history.newest().name();
    String current = history.named(set.status().currentRevision()).orElse(history.newest()).name();
    List<PodView> staying =
        pods.stream().filter(p -> !p.deleting() && !steps.contains(new Step.Delete(p))).toList();
    Counts counts =
        new Counts(
            pods.size(),
            count(pods, p -> running(p) && p.ready().isPresent()),
            count(pods, p -> running(p) && p.available(now, set.minReadySeconds())),
            count(staying, p -> SetPods.revision(p).equals(current)),
            count(staying, p -> SetPods.revision(p).equals(update)));
    boolean complete = complete(set, counts);
    return new SetStatus(
        complete ? counts.allCurrent() : counts,
        complete ? update : current,
        update,
        history.collisions(),
        set.object().meta().generation(),
        set.status().conditions());
  }

  /** Whether the roll-out of the present template is done. */
  private static boolean complete(SetView set, Counts counts) {
    return !set.update().onDelete()
        && counts.updated() == set.replicas()
        && counts.ready() == set.replicas()
        && counts.replicas() == set.replicas();
  }

  private static boolean running(PodView pod) {
    return pod.phase().equals("Running");
  }

  private static int count(List<PodView> pods, java.util.function.Predicate<PodView> which) {
    return (int) pods.stream().filter(which).count();
  }
}
