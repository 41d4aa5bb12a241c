package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.volume.Attaching;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How many volumes a node's storage drivers attach to it at most.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/storage-limits/">Node-specific Volume
 *     Limits</a>
 */
final class NodeVolumeLimits implements WideFilter {

  private static final Verdict TOO_MANY = Verdict.notNow("node(s) exceed max volume count");

  @Override
  public String name() {
    return "NodeVolumeLimits";
  }

  @Override
  public Optional<Check> prepare(Attempt attempt) {
    return attempt.volumes().attaching().map(attaching -> node -> check(attempt, attaching, node));
  }

  private static Verdict check(Attempt attempt, Attaching attaching, NodeState node) {
    return attaching.exceeds(node.node().name(), attempt.census().claims().on(node.slot()))
        ? TOO_MANY
        : Verdict.FITS;
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(
        ClusterChange.POD_GONE,
        ClusterChange.VOLUMES,
        ClusterChange.NODE_ADDED,
        ClusterChange.POOLS);
  }

  @Override
  public boolean mayHelp(PodView waiting, Change change) {
    return change.pod().isEmpty() || !change.pod().get().claims().isEmpty();
  }
}
