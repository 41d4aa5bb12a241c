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
import dev.argosy.agent.topology.Hints;
import dev.argosy.agent.topology.NumaNodes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives devices to containers and takes them back. What plug-ins say changes at any time; no lock
 * is held while one is asked.
 */
public final class Devices implements Check, Aligned, PodDevices, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

  /** How long pods wait, after the agent has begun, for a plug-in that was there before. */
  private static final Duration RETURN = Duration.ofSeconds(30);

  private final DeviceFile file;
  private final ContainerRuntime runtime;
  private final Clock clock;
  private final Instant begun;
  private final Map<String, DeviceSource> sources = new TreeMap<>();
  private final Set<String> missed = new HashSet<>();
  private final Following following = new Following();
  private volatile Runnable changed = () -> {};
  private DeviceLedger ledger;
  private boolean recovered;

  /** What the node has of a resource, and what it gives. */
  public record Amount(int capacity, int allocatable) {}

  /** Begins with what the file says. */
  public Devices(Path file, ContainerRuntime runtime, Clock clock) {
    this.file = new DeviceFile(file);
    this.runtime = runtime;
    this.clock = clock;
    this.begun = clock.instant();
    Optional<DeviceFile.Saved> saved = this.file.load();
    this.ledger = saved.map(DeviceFile.Saved::ledger).orElse(DeviceLedger.EMPTY);
    this.recovered = saved.isPresent();
    saved.ifPresent(s -> s.resources().forEach(this::remember));
  }

  private void remember(String resource) {
    sources.put(resource, DeviceSource.remembered(begun));
  }

  /** Is told whenever {@link #amounts} may have changed. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /** By resource; of one whose plug-in has been gone for long, nothing. */
  public synchronized Map<String, Amount> amounts() {
    Instant now = clock.instant();
    Map<String, Amount> amounts = new TreeMap<>();
    sources.forEach((resource, source) ->
        amounts.put(resource, new Amount(source.capacity(now), source.healthy().size())));
    return amounts;
  }

  /** What plug-ins offer or have offered. */
  public synchronized Set<String> resources() {
    Set<String> all = new TreeSet<>(sources.keySet());
    all.addAll(ledger.resources());
    return all;
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
    PluginSession session = new PluginSession(resource, socket, options, following);
    PluginSession before;
    synchronized (this) {
      DeviceSource present =
          sources.getOrDefault(resource, DeviceSource.remembered(clock.instant()));
      before = present.session();
      sources.put(resource, present.with(session));
      save();
    }
    if (before != null) {
      before.close();
    }
    LOG.info("device plug-in of {} at {}", resource, socket.getFileName());
    session.start();
  }

  @Override
  public boolean later(PodView pod) {
    if (clock.instant().isAfter(begun.plus(RETURN))) {
      return false;
    }
    synchronized (this) {
      return pod.all().stream()
          .anyMatch(c ->
              wanted(c).keySet().stream()
                  .anyMatch(r -> ledger.taken(pod.uid(), c.name(), r).isEmpty() && !present(r)));
    }
  }

  private boolean present(String resource) {
    DeviceSource source = sources.get(resource);
    return source != null && source.session() != null && !source.devices().isEmpty();
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
      recover();
      for (Map.Entry<String, Integer> wish : wanted(container).entrySet()) {
        give(pod, container, wish.getKey(), wish.getValue(), near);
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

  private void give(
      PodView pod, ContainerView container, String resource, int wanted, Set<Integer> near)
      throws DeviceFailure {
    int has = taken(pod, container, resource).size();
    if (has > 0 && has != wanted) {
      throw new DeviceFailure(
          "pod \"%s\" container \"%s\" changed request for resource \"%s\" from %d to %d"
              .formatted(pod.uid(), container.name(), resource, has, wanted));
    }
    if (has == 0) {
      allocate(pod, container, resource, wanted, left(pod, container, resource), near);
    }
  }

  /** What init containers before this one had, and nobody after them has taken. */
  private Set<String> left(PodView pod, ContainerView container, String resource) {
    Set<String> left = new HashSet<>();
    for (ContainerView one : pod.all()) {
      if (one.name().equals(container.name())) {
        return left;
      }
      Set<String> own = taken(pod, one, resource);
      if (one.init() && !one.sidecar()) {
        left.addAll(own);
      } else {
        left.removeAll(own);
      }
    }
    return left;
  }

  @Override
  public List<List<Hint>> hints(PodView pod, List<ContainerView> containers, NumaNodes machine) {
    Map<String, Integer> passing = new TreeMap<>();
    Map<String, Integer> staying = new TreeMap<>();
    for (ContainerView one : containers) {
      boolean passes = one.init() && !one.sidecar();
      wanted(one)
          .forEach((resource, pieces) -> {
            if (passes) {
              passing.merge(resource, pieces, Math::max);
            } else {
              staying.merge(resource, pieces, Integer::sum);
            }
          });
    }
    passing.forEach((resource, pieces) -> staying.merge(resource, pieces, Math::max));
    List<List<Hint>> hints = new ArrayList<>();
    staying.forEach((resource, pieces) ->
        hints(pod, containers, machine, resource, pieces).ifPresent(hints::add));
    return hints;
  }

  /** Nothing if its plug-in does not say where devices are. */
  private Optional<List<Hint>> hints(
      PodView pod, List<ContainerView> containers, NumaNodes machine, String resource, int wanted) {
    DeviceSource source = source(resource);
    if (source.devices().stream().allMatch(d -> d.numaNodes().isEmpty())) {
      return Optional.empty();
    }
    Set<String> own = new HashSet<>();
    containers.forEach(c -> own.addAll(taken(pod, c, resource)));
    Set<String> able = new HashSet<>(own.isEmpty() ? free(resource, source.healthy()) : own);
    able.addAll(left(pod, containers.getFirst(), resource));
    return Optional.of(
        Hints.of(
            machine.everyNode(),
            nodes -> source.near(machine.numbers(nodes)).size() >= wanted,
            nodes ->
                source.near(machine.numbers(nodes)).stream().filter(able::contains).count()
                    >= Math.min(wanted, own.isEmpty() ? wanted : own.size())));
  }

  private synchronized Set<String> taken(PodView pod, ContainerView container, String resource) {
    return ledger.taken(pod.uid(), container.name(), resource);
  }

  private void allocate(
      PodView pod,
      ContainerView container,
      String resource,
      int wanted,
      Set<String> left,
      Set<Integer> numaNodes)
      throws DeviceFailure {
    DeviceSource source = source(resource);
    PluginSession session = source.session();
    Set<String> healthy = source.healthy();
    if (session == null && source.devices().isEmpty()) {
      throw new DeviceFailure("cannot allocate unregistered device " + resource);
    }
    if (session == null || healthy.isEmpty()) {
      throw new DeviceFailure(
          "no healthy devices present; cannot allocate unhealthy devices " + resource);
    }
    Set<String> free = free(resource, healthy);
    Set<String> reusable = new HashSet<>(left);
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
    hold(pod, container, resource, new Held(chosen, Optional.empty()));
    Grant grant = session.calls().allocate(new TreeSet<>(chosen));
    hold(pod, container, resource, new Held(chosen, Optional.of(grant)));
  }

  /** What a plug-in is asked to choose from: those that are near, if they are enough. */
  private static Set<String> aligned(Set<String> free, Set<String> near, int more) {
    Set<String> both = new TreeSet<>(free);
    both.retainAll(near);
    return both.size() >= more && more > 0 ? both : new TreeSet<>(free);
  }

  private synchronized DeviceSource source(String resource) {
    return sources.getOrDefault(resource, DeviceSource.remembered(begun));
  }

  private synchronized Set<String> free(String resource, Set<String> healthy) {
    Set<String> free = new TreeSet<>(healthy);
    free.removeAll(ledger.taken(resource));
    return free;
  }

  private synchronized void hold(PodView pod, ContainerView container, String resource, Held held) {
    ledger = ledger.with(pod.uid(), container.name(), resource, held);
    if (held.grant().isPresent()) {
      save();
    }
  }

  private void save() {
    file.save(resources(), ledger);
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
    return wanted.isEmpty() ? all : all.and(DeviceLabel.of(held(pod, container)));
  }

  private synchronized Map<String, Held> held(PodView pod, ContainerView container) {
    return ledger.of(pod.uid(), container.name());
  }

  /** What a container has, by resource. */
  public Map<String, Set<String>> ids(PodView pod, ContainerView container) {
    Map<String, Set<String>> ids = new TreeMap<>();
    held(pod, container).forEach((resource, held) -> ids.put(resource, held.ids()));
    return ids;
  }

  /** What can be given away, or is, by resource. */
  public synchronized Map<String, Set<String>> healthy() {
    Map<String, Set<String>> all = new TreeMap<>();
    sources.forEach((resource, source) -> {
      if (!source.healthy().isEmpty()) {
        all.put(resource, source.healthy());
      }
    });
    return all;
  }

  /** Some devices of a resource by the NUMA nodes that they are near to. */
  public Map<Set<Integer>, Set<String>> places(String resource, Set<String> ids) {
    Map<Set<Integer>, Set<String>> places = new HashMap<>();
    Set<String> unknown = new TreeSet<>(ids);
    for (Device one : source(resource).devices()) {
      if (unknown.remove(one.id())) {
        places.computeIfAbsent(one.numaNodes(), nodes -> new TreeSet<>()).add(one.id());
      }
    }
    if (!unknown.isEmpty()) {
      places.computeIfAbsent(Set.of(), nodes -> new TreeSet<>()).addAll(unknown);
    }
    return places;
  }

  private Grant start(PodView pod, ContainerView container, String resource) throws DeviceFailure {
    Held held = held(pod, container).get(resource);
    if (held == null) {
      admitLate(pod);
      held = held(pod, container).get(resource);
    }
    if (held == null) {
      throw new DeviceFailure("cannot allocate unregistered device " + resource);
    }
    PluginSession session = source(resource).session();
    if (held.grant().isEmpty()) {
      if (session == null) {
        throw new DeviceFailure("no device plug-in of " + resource + " answers");
      }
      Held again =
          new Held(held.ids(), Optional.of(session.calls().allocate(new TreeSet<>(held.ids()))));
      hold(pod, container, resource, again);
      held = again;
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
  public synchronized void free(PodView pod) {
    if (ledger.owned().containsKey(pod.uid())) {
      ledger = ledger.without(pod.uid());
      save();
    }
  }

  /** Takes back what pods had that are not here any more, once they were missed twice. */
  public synchronized void follow(List<PodView> active) {
    Set<String> lost = ledger.pods();
    active.forEach(pod -> lost.remove(pod.uid()));
    missed.retainAll(lost);
    for (String uid : lost) {
      if (!missed.add(uid)) {
        ledger = ledger.without(uid);
        save();
      }
    }
  }

  /** After the file was lost: containers say by a label what they have. */
  private synchronized void recover() throws RuntimeFailure {
    if (!recovered) {
      ledger = DeviceLabel.recover(ledger, runtime.containers(Map.of()));
      recovered = true;
      save();
    }
  }

  @Override
  public void close() {
    List<DeviceSource> all;
    synchronized (this) {
      all = List.copyOf(sources.values());
    }
    for (DeviceSource one : all) {
      PluginSession session = one.session();
      if (session != null) {
        session.close();
      }
    }
  }

  private final class Following implements PluginSession.Listener {
    @Override
    public void devices(PluginSession session, List<Device> all) {
      change(session, source -> source.with(all));
    }

    @Override
    public void gone(PluginSession session) {
      change(session, source -> source.without(clock.instant()));
    }

    private void change(PluginSession session, UnaryOperator<DeviceSource> how) {
      synchronized (Devices.this) {
        DeviceSource present = sources.get(session.resource());
        if (present == null || present.session() != session) {
          return; // another one has taken its place
        }
        sources.put(session.resource(), how.apply(present));
      }
      changed.run();
    }
  }
}
