package dev.argosy.agent.topology;

import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.util.List;
import java.util.Optional;

/** Who gives containers something that lies somewhere on the machine. Any thread. */
public interface Aligned {

  /**
   * Where these containers of a pod could get what they want, all together: a list for each
   * resource that they want and of which it matters.
   */
  List<List<Hint>> hints(PodView pod, List<ContainerView> containers, NumaNodes machine);

  /**
   * Gives a container what it wants, or says why not; nothing changes for one that has it.
   *
   * @param nodes bits of those where it should lie; 0 for anywhere
   */
  Optional<Rejection> give(PodView pod, ContainerView container, NumaNodes machine, long nodes);

  /** Whether the pod should ask again a little later. */
  default boolean later(PodView pod) {
    return false;
  }

  /** Counts a pod that was begun before. */
  default void keep(PodView pod) {}

  /** Takes back what a pod has. */
  void free(PodView pod);
}
