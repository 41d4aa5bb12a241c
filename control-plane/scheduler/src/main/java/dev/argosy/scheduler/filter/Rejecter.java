package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.pod.PodView;
import java.util.Set;

/** What can keep a pod from a node. */
public interface Rejecter {

  /** As Kubernetes calls its plugin. */
  String name();

  /** The kinds of change after which a pod that it kept from some node may fit. */
  Set<ClusterChange> hears();

  /** Whether the pod may fit after a change of such a kind. */
  default boolean mayHelp(PodView waiting, Change change) {
    return true;
  }
}
