package dev.argosy.agent.device;

import dev.argosy.agent.device.DeviceLedger.Held;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gives a container devices of one resource; the words of failures are kubelet's. */
record DeviceAllocation(DeviceOffers offers, DeviceNotes notes) {

  /** Nothing changes for one that has them. */
  void give(
      PodView pod, ContainerView container, String resource, int wanted, Set<Integer> numaNodes)
      throws DeviceFailure {
    int has = notes.taken(pod, container, resource).size();
    if (has > 0 && has != wanted) {
      throw new DeviceFailure(
          "pod \"%s\" container \"%s\" changed request for resource \"%s\" from %d to %d"
              .formatted(pod.uid(), container.name(), resource, has, wanted));
    }
    if (has == 0) {
      allocate(pod, container, resource, wanted, numaNodes);
    }
  }

  private void allocate(
      PodView pod, ContainerView container, String resource, int wanted, Set<Integer> numaNodes)
      throws DeviceFailure {
    DeviceSource source = offers.source(resource);
    PluginSession session = source.session();
    Set<String> healthy = source.healthy();
    if (session == null && source.devices().isEmpty()) {
      throw new DeviceFailure("cannot allocate unregistered device " + resource);
    }
    if (session == null || healthy.isEmpty()) {
      throw new DeviceFailure(
          "no healthy devices present; cannot allocate unhealthy devices " + resource);
    }
    Set<String> free = notes.free(resource, healthy);
    Set<String> reusable = new HashSet<>(notes.left(pod, container, resource));
    reusable.retainAll(healthy);
    int more = Math.max(0, wanted - reusable.size());
    if (free.size() < more) {
      throw new DeviceFailure(
          "requested number of devices unavailable for %s. Requested: %d, Available: %d"
              .formatted(resource, more, free.size()));
    }
    Set<String> near = source.near(numaNodes);
    List<String> preferred =
        session.options().preferred() && more > 0 && free.size() > more
            ? session.calls().preferred(aligned(free, near, more), reusable, wanted)
            : List.of();
    Set<String> chosen =
        DeviceChoice.of(wanted, free, reusable, preferred, near)
            .orElseThrow(() -> new IllegalStateException("fewer devices than were counted"));
    notes.hold(pod, container, resource, new Held(chosen, Optional.empty()));
    Grant grant = session.calls().allocate(new TreeSet<>(chosen));
    notes.hold(pod, container, resource, new Held(chosen, Optional.of(grant)));
  }

  /** What a plug-in is asked to choose from: those that are near, if they are enough. */
  private static Set<String> aligned(Set<String> free, Set<String> near, int more) {
    Set<String> both = new TreeSet<>(free);
    both.retainAll(near);
    return both.size() >= more ? both : new TreeSet<>(free);
  }
}
