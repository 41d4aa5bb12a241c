package dev.argosy.agent.runtime.spi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A container to make.
 *
 * @param name unique on the engine
 * @param image id or reference of an image that is present
 * @param command replaces the image's entrypoint; empty keeps it
 * @param args replaces the image's command; empty keeps it unless {@code command} is given
 * @param env {@code NAME=value}
 * @param workingDir empty for the image's
 * @param stopSignal what asks it to end, as {@code SIGTERM}; empty for the image's
 * @param cpus the processors that it runs on, such as {@code 0,2}; empty for all
 * @param extras devices and the like
 */
public record ContainerSpec(
    String name,
    Map<String, String> labels,
    String image,
    List<String> command,
    List<String> args,
    List<String> env,
    String workingDir,
    List<Mount> mounts,
    Limits limits,
    Privileges privileges,
    Terminal terminal,
    Processes processes,
    String stopSignal,
    String cpus,
    Extras extras) {

  /** Asked to end as its image says, on any of the machine's processors. */
  public ContainerSpec(
      String name,
      Map<String, String> labels,
      String image,
      List<String> command,
      List<String> args,
      List<String> env,
      String workingDir,
      List<Mount> mounts,
      Limits limits,
      Privileges privileges,
      Terminal terminal,
      Processes processes) {
    this(
        name,
        labels,
        image,
        command,
        args,
        env,
        workingDir,
        mounts,
        limits,
        privileges,
        terminal,
        processes,
        "",
        "",
        Extras.NONE);
  }

  public ContainerSpec {
    labels = Map.copyOf(labels);
    command = List.copyOf(command);
    args = List.copyOf(args);
    env = List.copyOf(env);
    mounts = List.copyOf(mounts);
  }

  /** The same, seeing the processes of others. */
  public ContainerSpec with(Processes others) {
    return new ContainerSpec(
        name,
        labels,
        image,
        command,
        args,
        env,
        workingDir,
        mounts,
        limits,
        privileges,
        terminal,
        others,
        stopSignal,
        cpus,
        extras);
  }

  /**
   * The same with another place in the row of what the kernel ends first, on certain processors.
   */
  public ContainerSpec with(int oomScore, String processors) {
    return new ContainerSpec(
        name,
        labels,
        image,
        command,
        args,
        env,
        workingDir,
        mounts,
        new Limits(limits.cpuShares(), limits.cpuQuotaMicros(), limits.memoryBytes(), oomScore),
        privileges,
        terminal,
        processes,
        stopSignal,
        processors,
        extras);
  }

  /** The same with other variables, mounts and labels, and these devices. */
  public ContainerSpec with(
      Map<String, String> otherLabels,
      List<String> otherEnv,
      List<Mount> otherMounts,
      Extras devices) {
    return new ContainerSpec(
        name,
        otherLabels,
        image,
        command,
        args,
        otherEnv,
        workingDir,
        otherMounts,
        limits,
        privileges,
        terminal,
        processes,
        stopSignal,
        cpus,
        extras.and(devices));
  }

  /**
   * What a container has of the machine besides what every container has.
   *
   * @param annotations for the runtime; an engine that knows none passes them over
   * @param cdi names of devices that the runtime looks up itself, as {@code vendor.com/gpu=0}
   * @param memoryNodes the NUMA nodes that its memory lies on, such as {@code 0,1}; empty for all
   * @see <a href="https://github.com/cncf-tags/container-device-interface">Container Device
   *     Interface</a>
   */
  public record Extras(
      List<Device> devices, Map<String, String> annotations, List<String> cdi, String memoryNodes) {

    public static final Extras NONE = new Extras(List.of(), Map.of(), List.of());

    /** With memory of any node. */
    public Extras(List<Device> devices, Map<String, String> annotations, List<String> cdi) {
      this(devices, annotations, cdi, "");
    }

    /**
     * A file of the machine that is a device.
     *
     * @param permissions some of {@code rwm}
     */
    public record Device(String hostPath, String containerPath, String permissions) {}

    public Extras {
      devices = List.copyOf(devices);
      annotations = Map.copyOf(annotations);
      cdi = List.copyOf(cdi);
    }

    /** Both; of two devices at one place this one's stands. */
    public Extras and(Extras other) {
      List<Device> all = new ArrayList<>(devices);
      other.devices.stream()
          .filter(d -> devices.stream().noneMatch(o -> o.containerPath.equals(d.containerPath)))
          .forEach(all::add);
      Map<String, String> both = new HashMap<>(other.annotations);
      both.putAll(annotations);
      Set<String> names = new LinkedHashSet<>(cdi);
      names.addAll(other.cdi);
      return new Extras(
          all, both, List.copyOf(names), memoryNodes.isEmpty() ? other.memoryNodes : memoryNodes);
    }
  }

  /** Which processes it sees. */
  public sealed interface Processes {
    /** Its own alone. */
    record Own() implements Processes {}

    /** All of the sandbox that share theirs. */
    record OfSandbox() implements Processes {}

    /** Those of a container that runs. */
    record OfContainer(String id) implements Processes {}
  }

  /** A folder or file of the machine, seen in the container. */
  public record Mount(
      String hostPath, String containerPath, boolean readOnly, Propagation propagation) {

    /** Which later mounts are seen on the other side. */
    public enum Propagation {
      NONE,
      FROM_HOST,
      BOTH
    }

    public Mount(String hostPath, String containerPath, boolean readOnly) {
      this(hostPath, containerPath, readOnly, Propagation.NONE);
    }
  }

  /**
   * Resource limits; 0 stands for none.
   *
   * @param cpuShares relative weight, 2 to 262144
   * @param cpuQuotaMicros per 100 ms
   * @param memoryBytes hard limit
   * @param oomScoreAdjust −1000 to 1000; negative ones may be refused by small machines
   */
  public record Limits(int cpuShares, long cpuQuotaMicros, long memoryBytes, int oomScoreAdjust) {
    public static final Limits NONE = new Limits(0, 0, 0, 0);
  }

  /**
   * What its processes may do.
   *
   * @param user {@code uid}, {@code uid:gid} or a name; empty for the image's
   * @param groups further group ids
   * @param seccompUnconfined whether the engine's system-call filter is off
   * @param seccompFile a filter of the machine's own instead, absolute; empty for none
   * @param appArmor name of a profile that the kernel has, or {@code unconfined}; empty for the
   *     engine's
   */
  public record Privileges(
      String user,
      List<String> groups,
      boolean privileged,
      boolean noNewPrivileges,
      boolean readOnlyRoot,
      boolean seccompUnconfined,
      List<String> addCapabilities,
      List<String> dropCapabilities,
      String seccompFile,
      String appArmor) {

    public static final Privileges DEFAULT =
        new Privileges("", List.of(), false, false, false, false, List.of(), List.of());

    public Privileges(
        String user,
        List<String> groups,
        boolean privileged,
        boolean noNewPrivileges,
        boolean readOnlyRoot,
        boolean seccompUnconfined,
        List<String> addCapabilities,
        List<String> dropCapabilities) {
      this(
          user,
          groups,
          privileged,
          noNewPrivileges,
          readOnlyRoot,
          seccompUnconfined,
          addCapabilities,
          dropCapabilities,
          "",
          "");
    }

    public Privileges {
      groups = List.copyOf(groups);
      addCapabilities = List.copyOf(addCapabilities);
      dropCapabilities = List.copyOf(dropCapabilities);
    }
  }

  /** Whether standard input stays open, closes after the first attach, and is a terminal. */
  public record Terminal(boolean stdin, boolean stdinOnce, boolean tty) {
    public static final Terminal NONE = new Terminal(false, false, false);
  }
}
