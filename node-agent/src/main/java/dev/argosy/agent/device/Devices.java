package dev.argosy.agent.device;

import dev.argosy.agent.device.DeviceLedger.Held;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.plugin.PluginHandler;
import dev.argosy.agent.pod.admit.Check;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.topology.Aligned;
import dev.argosy.agent.topology.Hint;
import dev.argosy.agent.topology.NumaNodes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives devices to containers and takes them back. What plug-ins say changes at any time; no lock
 * is held while one is asked.
 */
public final class Devices implements Check, Aligned, PodDevices, AutoCloseable {

  /** How long pods wait, after the agent has begun, for a plug-in that was there before. */
  private static final Duration RETURN = Duration.ofSeconds(30);

  private final DeviceNotes notes;
  private final DeviceOffers offers;
  private final DeviceAllocation allocation;
  private final Clock clock;
  private final Instant begun;

  /** What the node has of a resource, and what it gives. */
  public record Amount(int capacity, int allocatable) {}

  /** Begins with what the file says. */
  public Devices(Path file, ContainerRuntime runtime, Clock clock) {
    this.notes = new DeviceNotes(file, runtime);
    this.offers = new DeviceOffers(clock, notes.resources());
    this.allocation = new DeviceAllocation(offers, notes);
    this.clock = clock;
    this.begun = clock.instant();
  }

  /** Is told whenever {@link #amounts} may have changed. */
  public void onChange(Runnable listener) {
    offers.onChange(listener);
  }

  /** By resource; of one whose plug-in has been gone for long, nothing. */
  public Map<String, Amount> amounts() {
    return offers.amounts();
  }

  /** What plug-ins offer or have offered. */
  public Set<String> resources() {
    return notes.resources();
  }

  /** What a container has, by resource. */
  public Map<String, Set<String>> ids(PodView pod, ContainerView container) {
    Map<String, Set<String>> ids = new TreeMap<>();
    notes.held(pod, container).forEach((resource, held) -> ids.put(resource, held.ids()));
    return ids;
  }

  /** What can be given away, or is, by resource. */
  public Map<String, Set<String>> healthy() {
    return offers.healthy();
  }

  /** Some devices of a resource by the NUMA nodes that they are near to. */
  public Map<Set<Integer>, Set<String>> places(String resource, Set<String> ids) {
    return offers.places(resource, ids);
  }

  /**
   * Takes a plug-in that registered by the folder of all plug-ins. When it goes away that is
   * noticed by itself.
   *
   * @param versions of the interface that it speaks
   * @throws DeviceFailure if it cannot be taken, for it to hear why
   */
  public void register(String resource, Path socket, List<String> versions) throws DeviceFailure {
    Optional<String> refusal = PluginRegistry.refusal(versions, resource);
    if (refusal.isPresent()) {
      throw new DeviceFailure(refusal.get());
    }
    PluginOptions options;
    try (PluginCalls calls = new PluginCalls(socket)) {
      options = calls.options();
    } catch (GrpcFailure e) {
      throw new DeviceFailure("GetDevicePluginOptions: " + e.getMessage());
    }
    register(resource, socket, options);
  }

  /** For plug-ins that register by the folder of all plug-ins. */
  public PluginHandler handler() {
    return new RegisteredPlugins(this);
  }

  /** A plug-in has registered; one that offered the same is let go. */
  void register(String resource, Path socket, PluginOptions options) {
    notes.offered(resource);
    offers.register(resource, socket, options);
  }

  @Override
  public boolean later(PodView pod) {
    return !clock.instant().isAfter(begun.plus(RETURN))
        && pod.all().stream()
            .anyMatch(c ->
                wanted(c).keySet().stream()
                    .anyMatch(r -> notes.taken(pod, c, r).isEmpty() && !offers.present(r)));
  }

  @Override
  public Optional<Rejection> admit(PodView pod) {
    return pod.all().stream()
        .flatMap(container -> give(pod, container, Set.of()).stream())
        .findFirst();
  }

  @Override
  public Optional<Rejection> give(
      PodView pod, ContainerView container, NumaNodes machine, long nodes) {
    return give(pod, container, machine.numbers(nodes));
  }

  private Optional<Rejection> give(PodView pod, ContainerView container, Set<Integer> near) {
    try {
      notes.recover();
      for (Map.Entry<String, Integer> wish : wanted(container).entrySet()) {
        allocation.give(pod, container, wish.getKey(), wish.getValue(), near);
      }
      return Optional.empty();
    } catch (RuntimeFailure e) {
      return Optional.empty(); // it gets them when it starts
    } catch (DeviceFailure e) {
      return Optional.of(
          new Rejection(
              "UnexpectedAdmissionError",
              "Allocate failed due to " + e.getMessage() + ", which is unexpected"));
    }
  }

  @Override
  public List<List<Hint>> hints(PodView pod, List<ContainerView> containers, NumaNodes machine) {
    Map<ContainerView, Map<String, Integer>> wanted = new LinkedHashMap<>();
    containers.forEach(container -> wanted.put(container, wanted(container)));
    return new DeviceHints(offers, notes).of(pod, wanted, machine);
  }

  /** Pieces by resource; of those that plug-ins offer. */
  private Map<String, Integer> wanted(ContainerView container) {
    Set<String> known = resources();
    Map<String, Integer> wanted = new TreeMap<>();
    container
        .resources()
        .path("limits")
        .properties()
        .forEach(e -> {
          long pieces =
              known.contains(e.getKey()) ? Quantities.whole(e.getValue().asString("")) : 0;
          if (pieces > 0) {
            wanted.put(e.getKey(), (int) Math.min(pieces, Integer.MAX_VALUE));
          }
        });
    return wanted;
  }

  @Override
  public Grant of(PodView pod, ContainerView container) throws DeviceFailure {
    if (container.ephemeral()) {
      return Grant.NOTHING;
    }
    Map<String, Integer> wanted = wanted(container);
    Grant all = Grant.NOTHING;
    for (String resource : wanted.keySet()) {
      all = all.and(start(pod, container, resource));
    }
    return wanted.isEmpty() ? all : all.and(DeviceLabel.of(notes.held(pod, container)));
  }

  private Grant start(PodView pod, ContainerView container, String resource) throws DeviceFailure {
    Held held = notes.held(pod, container).get(resource);
    if (held == null) {
      admitLate(pod);
      held = notes.held(pod, container).get(resource);
    }
    if (held == null) {
      throw new DeviceFailure("cannot allocate unregistered device " + resource);
    }
    PluginSession session = offers.source(resource).session();
    if (held.grant().isEmpty()) {
      if (session == null) {
        throw new DeviceFailure("no device plug-in of " + resource + " answers");
      }
      Grant again = session.calls().allocate(new TreeSet<>(held.ids()));
      held = new Held(held.ids(), Optional.of(again));
      notes.hold(pod, container, resource, held);
    }
    if (session != null && session.options().preStart()) {
      session.calls().preStart(new TreeSet<>(held.ids()));
    }
    return held.grant().orElse(Grant.NOTHING);
  }

  /** The engine did not answer when the pod was taken, or it was begun by an agent before. */
  private void admitLate(PodView pod) throws DeviceFailure {
    Optional<Rejection> why = admit(pod);
    if (why.isPresent()) {
      throw new DeviceFailure(why.get().message());
    }
  }

  @Override
  public void keep(PodView pod) {
    // it is in the notes
  }

  @Override
  public void free(PodView pod) {
    notes.drop(pod.uid());
  }

  /** Takes back what pods had that are not here any more, once they were missed twice. */
  public void follow(List<PodView> active) {
    notes.follow(active);
  }

  @Override
  public void close() {
    offers.close();
  }
}
