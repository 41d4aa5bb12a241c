package dev.argosy.scheduler.attempt;

import dev.argosy.scheduler.pod.PodView;
import java.util.Optional;
import java.util.Set;

/**
 * Something happened.
 *
 * @param kinds what
 * @param pod the pod to which, if it is about one
 */
public record Change(Set<ClusterChange> kinds, Optional<PodView> pod) {

  public Change {
    kinds = Set.copyOf(kinds);
  }

  public static Change of(ClusterChange kind) {
    return new Change(Set.of(kind), Optional.empty());
  }

  public static Change of(ClusterChange kind, PodView pod) {
    return new Change(Set.of(kind), Optional.of(pod));
  }

  public static Change of(Set<ClusterChange> kinds) {
    return new Change(kinds, Optional.empty());
  }
}
