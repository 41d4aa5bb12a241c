package dev.argosy.scheduler.filter;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.pod.PodView;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A claim with the mode ReadWriteOncePod is one pod's at a time. As long as another has it, no node
 * will do; if that one is less important, it may have to go.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes">Access
 *     Modes</a>
 */
final class VolumeRestrictions implements WideFilter {

  private static final Verdict IN_USE =
      Verdict.notNow(
          "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod"
              + " access mode");

  @Override
  public String name() {
    return "VolumeRestrictions";
  }

  @Override
  public Optional<Check> prepare(Attempt attempt) {
    for (ObjectKey claim : attempt.volumes().alone()) {
      if (attempt.census().claims().used(claim)) {
        return Optional.of(node -> IN_USE);
      }
    }
    return Optional.empty();
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(ClusterChange.POD_GONE, ClusterChange.VOLUMES);
  }

  @Override
  public boolean mayHelp(PodView waiting, Change change) {
    return change.pod().isEmpty() || change.pod().get().sharesClaim(waiting);
  }
}
