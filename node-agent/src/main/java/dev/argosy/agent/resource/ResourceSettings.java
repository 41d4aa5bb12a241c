package dev.argosy.agent.resource;

import dev.argosy.agent.garbage.GarbageSettings;
import dev.argosy.agent.group.GroupSettings;
import dev.argosy.agent.node.Kept;
import dev.argosy.agent.pressure.EvictionSettings;
import dev.argosy.agent.pressure.Signal;
import dev.argosy.agent.topology.TopologyPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * How the node deals with its resources.
 *
 * @param countEvery how often is counted what pods with a limit keep on the disk
 * @param reserved not for pods
 * @param exclusiveCpus whether containers that ask for whole processors get some of their own; then
 *     those that nobody gets, such as {@code 0-1}
 * @param devicePlugins the folder where device plug-ins register; empty for that in the data
 *     folder, {@link #NO_PLUGINS} for no plug-ins
 * @param podResources the folder of the socket that tells who has what; empty to tell nobody
 * @param failSwapOn whether the agent refuses to begin on a machine with swap
 */
public record ResourceSettings(
    EvictionSettings eviction,
    GarbageSettings garbage,
    Duration countEvery,
    Reserved reserved,
    Groups groups,
    Optional<String> exclusiveCpus,
    String devicePlugins,
    String podResources,
    Topology topology,
    boolean failSwapOn) {

  /**
   * Control groups.
   *
   * @param perQuality whether pods get some
   * @param root below which they are made; empty for the top
   * @param podProcesses of each pod at most; 0 for no limit
   */
  public record Groups(boolean perQuality, String root, long podProcesses) {}

  /**
   * Where on the machine things lie.
   *
   * @param wholePods whether all containers of a pod lie together, not each by itself
   * @param memory whether Guaranteed pods get memory of certain nodes
   * @param reservedMemory of each node not for pods; empty for the first ones'
   */
  public record Topology(
      TopologyPolicy policy, boolean wholePods, boolean memory, String reservedMemory) {}

  static final String NO_PLUGINS = "none";

  public static final ResourceSettings DEFAULT = new ResourceOptions().settings();

  public ResourceSettings {
    if (countEvery.compareTo(Duration.ofSeconds(10)) < 0) {
      throw new IllegalArgumentException(
          "--volume-stats-agg-period is at least 10s: counting costs time of the disk");
    }
  }

  /** What pods do not get of such a machine: what is reserved, and what must always be left. */
  public Kept kept(long memoryBytes, long diskBytes) {
    return new Kept(
        reserved.cpuThousandths(),
        reserved.memoryBytes() + eviction.kept(Signal.MEMORY, memoryBytes),
        reserved.diskBytes() + eviction.kept(Signal.NODE_DISK, diskBytes));
  }

  /** For a machine; limits of all pods together leave out what is reserved alone. */
  GroupSettings groups(int cpus, long memoryBytes) {
    return new GroupSettings(
        groups.perQuality(),
        groups.root(),
        groups.podProcesses(),
        Math.max(0, cpus * 1000L - reserved.cpuThousandths()),
        Math.max(0, memoryBytes - reserved.memoryBytes()),
        memoryBytes);
  }
}
