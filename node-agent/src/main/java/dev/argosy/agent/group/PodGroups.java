package dev.argosy.agent.group;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;

/** Where the processes of pods live among all of the machine. Any thread. */
public interface PodGroups {

  /** Leaves all to the engine. */
  PodGroups NONE =
      new PodGroups() {
        @Override
        public String enter(PodView pod) {
          return "";
        }

        @Override
        public void grow(PodView pod) {}

        @Override
        public void fit(PodView pod) {}

        @Override
        public void leave(String uid) {}

        @Override
        public int oomScore(PodView pod, ContainerView container) {
          return 0;
        }

        @Override
        public String cpus(PodView pod, ContainerView container) {
          return "";
        }
      };

  /**
   * Makes the pod's group, in which its sandbox and its containers are to live.
   *
   * @return its name for the engine; empty for the engine's own choice
   */
  String enter(PodView pod);

  /**
   * Gives the pod's group more, if the pod was granted more; comes before its containers get it.
   */
  void grow(PodView pod);

  /** Gives the pod's group what the pod was granted; comes after its containers got it. */
  void fit(PodView pod);

  /** Removes the group of a pod of which nothing is left. */
  void leave(String uid);

  /** The container's place in the row of what the kernel ends first, −1000 to 1000. */
  int oomScore(PodView pod, ContainerView container);

  /** The processors that a container is to run on, such as {@code 0,2}; empty for all. */
  String cpus(PodView pod, ContainerView container) throws RuntimeFailure;
}
