package dev.argosy.agent.resource;

import dev.argosy.agent.cpu.ExclusiveCpus;
import dev.argosy.agent.group.PodGroups;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;

/** Groups whose containers run on certain processors. */
record PinnedGroups(PodGroups groups, ExclusiveCpus exclusive) implements PodGroups {

  @Override
  public String enter(PodView pod) {
    return groups.enter(pod);
  }

  @Override
  public void grow(PodView pod) {
    groups.grow(pod);
  }

  @Override
  public void fit(PodView pod) {
    groups.fit(pod);
  }

  @Override
  public void leave(String uid) {
    groups.leave(uid);
  }

  @Override
  public int oomScore(PodView pod, ContainerView container) {
    return groups.oomScore(pod, container);
  }

  @Override
  public String cpus(PodView pod, ContainerView container) throws RuntimeFailure {
    return exclusive.of(pod, container);
  }
}
