package dev.argosy.agent.resource;

import dev.argosy.agent.cpu.ExclusiveCpus;
import dev.argosy.agent.device.Devices;
import dev.argosy.agent.device.PluginRegistry;
import dev.argosy.agent.device.PodDevices;
import dev.argosy.agent.garbage.DeadPods;
import dev.argosy.agent.garbage.GarbageLoop;
import dev.argosy.agent.garbage.ImageCollector;
import dev.argosy.agent.group.NodeGroups;
import dev.argosy.agent.group.PodGroups;
import dev.argosy.agent.group.Privilege;
import dev.argosy.agent.memory.NodeMemory;
import dev.argosy.agent.pod.admit.Check;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.sync.PodWorkers;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.podresources.PodResources;
import dev.argosy.agent.pressure.EvictionLoop;
import dev.argosy.agent.pressure.MachineLevels;
import dev.argosy.agent.pressure.NodeCondition;
import dev.argosy.agent.pressure.PodsHere;
import dev.argosy.agent.pressure.PressureBoard;
import dev.argosy.agent.pressure.Signal;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.storage.DiskBook;
import dev.argosy.agent.storage.StorageLoop;
import dev.argosy.agent.topology.Aligned;
import dev.argosy.agent.topology.NumaNodes;
import dev.argosy.agent.topology.Placement;
import dev.argosy.agent.use.KernelFiles;
import dev.argosy.agent.use.ProcessCounts;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the node does for its resources. */
public final class NodeResources implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeResources.class);

  private static final Path NUMA = Path.of("/sys/devices/system/node");

  private final ResourceSettings settings;
  private final Place place;
  private final Clock clock;
  private final PressureBoard board = new PressureBoard();
  private final ImageCollector images;
  private final MachineLevels levels;
  private final NodeGroups groups;
  private final Optional<ExclusiveCpus> cpus;
  private final Devices devices;
  private final Optional<NodeMemory> memory;
  private final Placement placement;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /**
   * Where it does it.
   *
   * @param node the node's name
   * @param data the agent's data folder
   * @param cpus of the machine
   * @param memoryBytes of the machine
   */
  public record Place(
      String node,
      Path data,
      ContainerRuntime runtime,
      KernelFiles kernel,
      int cpus,
      long memoryBytes) {}

  /**
   * @throws IllegalArgumentException if the settings do not fit the machine
   */
  public NodeResources(ResourceSettings settings, Place place, Clock clock) throws IOException {
    this.settings = settings;
    this.place = place;
    this.clock = clock;
    this.images =
        new ImageCollector(
            place.runtime(), settings.garbage(), place.data().resolve("images.json"), clock);
    this.levels =
        MachineLevels.of(
            place.kernel().proc(), place.data(), new EngineFolder(place.runtime())::path);
    this.groups =
        new NodeGroups(
            settings.groups(place.cpus(), place.memoryBytes()),
            place.kernel().groups(),
            place.runtime()::groupsBySystemd,
            Privilege.leastOomScore(place.kernel().proc()));
    this.devices =
        opened(new Devices(place.data().resolve("devices.json"), place.runtime(), clock));
    this.cpus =
        settings.exclusiveCpus().isPresent()
            ? Optional.of(exclusive(settings.exclusiveCpus().get(), place))
            : Optional.empty();
    NumaNodes machine = NumaNodes.read(NUMA, place.cpus(), place.memoryBytes());
    this.memory =
        settings.topology().memory()
            ? Optional.of(memory(settings, place, machine))
            : Optional.empty();
    this.placement = placement(machine);
  }

  private static NodeMemory memory(ResourceSettings settings, Place place, NumaNodes machine) {
    return new NodeMemory(
        machine,
        settings.topology().reservedMemory(),
        settings.kept(place.memoryBytes(), 0).memoryBytes(),
        place.data().resolve("memory.json"));
  }

  private Placement placement(NumaNodes machine) {
    List<Aligned> givers = new ArrayList<>();
    cpus.ifPresent(givers::add);
    memory.ifPresent(givers::add);
    givers.add(devices);
    ResourceSettings.Topology topology = settings.topology();
    return new Placement(topology.policy(), topology.wholePods(), machine, givers);
  }

  private static ExclusiveCpus exclusive(String reserved, Place place) throws IOException {
    return ExclusiveCpus.of(
        Path.of("/sys/devices/system/cpu"),
        reserved,
        place.data().resolve("cpus.json"),
        place.runtime(),
        place.kernel().proc());
  }

  /** What the node is short of now. */
  public Set<NodeCondition> pressure() {
    return board.conditions();
  }

  /** What device plug-ins offer. */
  public Devices devices() {
    return devices;
  }

  /** Devices of containers, and the nodes that their memory lies on. */
  public PodDevices extras() {
    return memory.<PodDevices>map(nodes -> new WithMemory(devices, nodes)).orElse(devices);
  }

  /** Where the processes of pods live. */
  public PodGroups groups() {
    return cpus.<PodGroups>map(own -> new PinnedGroups(groups, own)).orElse(groups);
  }

  /**
   * What pods that are new to the node are asked about.
   *
   * @param space whether there is room, asked before anything scarce is given away
   */
  public List<Check> checks(Check space) {
    List<Check> checks = new ArrayList<>();
    checks.add(this::noted);
    checks.add(board);
    checks.add(space);
    checks.add(placement);
    return checks;
  }

  private Optional<Rejection> noted(PodView pod) {
    images.named(pod);
    return Optional.empty();
  }

  /**
   * Begins to watch, limit and clear away.
   *
   * @param memory what pods use of it: bytes by uid and container
   */
  public void start(
      PodWorkers workers, Supplier<Map<String, Map<String, Long>>> memory, EventRecorder events) {
    start(workers, memory, events, signal -> {});
  }

  /**
   * The same.
   *
   * @param evicted hears what a pod was evicted for, such as {@code memory.available}
   */
  public void start(
      PodWorkers workers,
      Supplier<Map<String, Map<String, Long>>> memory,
      EventRecorder events,
      Consumer<String> evicted) {
    listenForPlugins();
    tellWhoHasWhat(workers);
    PodsHere here = new Here(workers);
    DiskBook disk = new DiskBook(place.runtime(), place.data());
    GarbageLoop garbage =
        opened(
            new GarbageLoop(
                images,
                new DeadPods(place.runtime(), place.data()),
                () -> workers.ready() ? Optional.of(workers.pods()) : Optional.empty(),
                () -> Optional.ofNullable(levels.get().get(Signal.IMAGE_DISK)),
                text -> events.warning(node(), "FreeDiskSpaceFailed", text)));
    EvictionLoop eviction =
        opened(
            new EvictionLoop(
                settings.eviction(),
                levels,
                board,
                new EvictionLoop.Means(
                    here,
                    new MeasuredUses(
                        place.runtime(), memory, disk, new ProcessCounts(place.kernel())),
                    garbage::freeDisk,
                    text -> events.warning(node(), "EvictionThresholdMet", text),
                    signal -> evicted.accept(signal.text())),
                clock));
    StorageLoop storage = opened(new StorageLoop(disk, here, settings.countEvery(), clock));
    opened(new Upkeep(workers, this::follow)).start();
    eviction.start();
    storage.start();
    garbage.start();
  }

  /** A node that cannot listen runs pods all the same. */
  private void listenForPlugins() {
    String named = settings.devicePlugins();
    if (named.equals(ResourceSettings.NO_PLUGINS)) {
      return;
    }
    Path folder = named.isEmpty() ? place.data().resolve("device-plugins") : Path.of(named);
    try {
      opened(new PluginRegistry(folder, devices));
    } catch (IOException e) {
      LOG.warn("no device plug-ins: cannot listen in {}: {}", folder, e.getMessage());
    }
  }

  private void tellWhoHasWhat(PodWorkers workers) {
    String folder = settings.podResources();
    if (folder.isEmpty()) {
      return;
    }
    try {
      opened(
          new PodResources(
              Path.of(folder), new NodeHoldings(devices, cpus, memory), workers::pods));
    } catch (IOException e) {
      LOG.warn("nobody is told which pod has what: no socket in {}: {}", folder, e.getMessage());
    }
  }

  private void follow(List<PodView> unfinished) {
    devices.follow(unfinished);
    memory.ifPresent(nodes -> nodes.follow(unfinished));
    groups.follow(unfinished);
    cpus.ifPresent(own -> own.follow(unfinished));
  }

  private Subject node() {
    return new Subject("root", "v1", "Node", "", place.node(), place.node(), "", "");
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }

  /** The pods of the node, by their workers. */
  private record Here(PodWorkers workers) implements PodsHere {
    @Override
    public List<PodView> active() {
      return workers.pods().stream()
          .filter(pod -> !pod.terminal() && pod.deletionTimestamp() == null)
          .toList();
    }

    @Override
    public void evict(PodView pod, Verdict word) {
      workers.condemn(pod.uid(), word);
    }
  }
}
