package dev.argosy.scheduler.whatif;

import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.explain.Explanation;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Victims;
import java.util.List;
import java.util.Optional;

/** A copy of the scheduler's state, on which things are tried out. One thread. */
public interface Stage {

  /** What is done from now on is undone when it is closed; the last one begun is closed first. */
  Scene begin();

  /** As if the pod came now: puts it on the best node; empty if none fits. */
  Optional<String> place(PodView pod);

  /** Why the pod fits nowhere. */
  Explanation explain(PodView pod);

  /** The same in the words of Kubernetes' scheduler. */
  String message(PodView pod);

  /** All nodes where the pod fits. */
  List<String> fitting(PodView pod);

  /** From now on this is what others say of where pods may go. */
  void advise(Advice advice);

  /** What is to be said of the share of the pod's tenant, if there were so many pods like it. */
  Share share(PodView pod, int count);

  /** The pods of other tenants that would have to end so that the pod has what is guaranteed. */
  Optional<Victims> claims(PodView pod);

  /** The least important pods that would have to end so that the pod fits. */
  Optional<Victims> victims(PodView pod);

  /** As if the pod were gone. */
  void remove(PodView pod);

  /** As if there were one more node. */
  void add(NodeView node);

  /** The nodes that a cluster may use. */
  List<NodeView> nodes(String cluster);

  /** The pods of a namespace that are on nodes. */
  List<PodView> pods(String cluster, String namespace);

  /** A while after which everything is as before. */
  interface Scene extends AutoCloseable {
    @Override
    void close();
  }
}
