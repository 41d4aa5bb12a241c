package dev.argosy.agent.device;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.topology.Hint;
import dev.argosy.agent.topology.Hints;
import dev.argosy.agent.topology.NumaNodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where containers could get their devices. */
record DeviceHints(DeviceOffers offers, DeviceNotes notes) {

  /**
   * Of containers that want it together; those that pass leave theirs to the others.
   *
   * @param wanted pieces by resource, of each container
   */
  List<List<Hint>> of(
      PodView pod, Map<ContainerView, Map<String, Integer>> wanted, NumaNodes machine) {
    Map<String, Integer> passing = new TreeMap<>();
    Map<String, Integer> all = new TreeMap<>();
    wanted.forEach((container, wishes) ->
        wishes.forEach((resource, pieces) -> {
          if (container.init() && !container.sidecar()) {
            passing.merge(resource, pieces, Math::max);
          } else {
            all.merge(resource, pieces, Integer::sum);
          }
        }));
    passing.forEach((resource, pieces) -> all.merge(resource, pieces, Math::max));
    List<ContainerView> containers = List.copyOf(wanted.keySet());
    List<List<Hint>> hints = new ArrayList<>();
    all.forEach(
        (resource, pieces) -> of(pod, containers, machine, resource, pieces).ifPresent(hints::add));
    return hints;
  }

  /** Nothing if the plug-in does not say where devices are. */
  private Optional<List<Hint>> of(
      PodView pod, List<ContainerView> containers, NumaNodes machine, String resource, int wanted) {
    DeviceSource source = offers.source(resource);
    if (source.devices().stream().allMatch(d -> d.numaNodes().isEmpty())) {
      return Optional.empty();
    }
    Set<String> own = new HashSet<>();
    containers.forEach(c -> own.addAll(notes.taken(pod, c, resource)));
    Set<String> able = new HashSet<>(own.isEmpty() ? notes.free(resource, source.healthy()) : own);
    able.addAll(notes.left(pod, containers.getFirst(), resource));
    int least = own.isEmpty() ? wanted : Math.min(wanted, own.size());
    return Optional.of(
        Hints.of(
            machine.everyNode(),
            nodes -> source.near(machine.numbers(nodes)).size() >= wanted,
            nodes ->
                source.near(machine.numbers(nodes)).stream().filter(able::contains).count()
                    >= least));
  }
}
