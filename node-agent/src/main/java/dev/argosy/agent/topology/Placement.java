package dev.argosy.agent.topology;

import dev.argosy.agent.pod.admit.Check;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.util.List;
import java.util.Optional;

/** Gives a new pod what it wants of scarce things, together if the policy asks for that. */
public final class Placement implements Check {

  private final TopologyPolicy policy;
  private final boolean wholePods;
  private final NumaNodes machine;
  private final List<Aligned> givers;

  /**
   * @param wholePods whether all containers of a pod are to lie together, not each by itself
   * @param givers in the order in which they give
   */
  public Placement(
      TopologyPolicy policy, boolean wholePods, NumaNodes machine, List<? extends Aligned> givers) {
    this.policy = policy;
    this.wholePods = wholePods;
    this.machine = machine;
    this.givers = List.copyOf(givers);
  }

  @Override
  public boolean later(PodView pod) {
    return givers.stream().anyMatch(giver -> giver.later(pod));
  }

  @Override
  public Optional<Rejection> admit(PodView pod) {
    TopologyPolicy.Choice ofPod = wholePods ? choose(pod, pod.all()) : null;
    for (ContainerView container : pod.all()) {
      TopologyPolicy.Choice choice = ofPod == null ? choose(pod, List.of(container)) : ofPod;
      if (!choice.taken()) {
        return Optional.of(
            new Rejection(
                "TopologyAffinityError", "Resources cannot be allocated with Topology locality"));
      }
      for (Aligned giver : givers) {
        Optional<Rejection> why = giver.give(pod, container, machine, choice.nodes());
        if (why.isPresent()) {
          return why;
        }
      }
    }
    return Optional.empty();
  }

  private TopologyPolicy.Choice choose(PodView pod, List<ContainerView> containers) {
    return policy == TopologyPolicy.NONE
        ? new TopologyPolicy.Choice(0, true)
        : policy.choose(
            machine.everyNode(),
            givers.stream()
                .flatMap(giver -> giver.hints(pod, containers, machine).stream())
                .toList());
  }

  @Override
  public void keep(PodView pod) {
    givers.forEach(giver -> giver.keep(pod));
  }

  @Override
  public void free(PodView pod) {
    givers.forEach(giver -> giver.free(pod));
  }
}
