package dev.argosy.agent.resource;

import dev.argosy.agent.garbage.GarbageSettings;
import dev.argosy.agent.pressure.EvictionSettings;
import dev.argosy.agent.pressure.GoDuration;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link ResourceSettings}, as they are written. */
public final class ResourceOptions {

  @Option(
      names = "--eviction-hard",
      defaultValue = "${env:ARGOSY_EVICTION_HARD:-" + EvictionSettings.HARD + "}",
      description = "pods go at once when there is less; default: ${DEFAULT-VALUE}")
  String evictionHard = EvictionSettings.HARD;

  @Option(
      names = "--eviction-soft",
      defaultValue = "${env:ARGOSY_EVICTION_SOFT:-}",
      description = "pods go when there is less for longer than a grace")
  String evictionSoft = "";

  @Option(
      names = "--eviction-soft-grace-period",
      defaultValue = "${env:ARGOSY_EVICTION_SOFT_GRACE_PERIOD:-}",
      description = "those graces, such as memory.available=1m30s")
  String evictionSoftGrace = "";

  @Option(
      names = "--eviction-minimum-reclaim",
      defaultValue = "${env:ARGOSY_EVICTION_MINIMUM_RECLAIM:-}",
      description =
          "how much more than a threshold must be there again, such as nodefs.available=1Gi")
  String evictionReclaim = "";

  @Option(
      names = "--eviction-pressure-transition-period",
      defaultValue = "${env:ARGOSY_EVICTION_PRESSURE_TRANSITION_PERIOD:-5m}",
      description = "how long the node goes on saying that it is short; default: ${DEFAULT-VALUE}")
  String evictionTransition = "5m";

  @Option(
      names = "--eviction-max-pod-grace-period",
      defaultValue = "${env:ARGOSY_EVICTION_MAX_POD_GRACE_PERIOD:-0}",
      description = "seconds that a pod has at a soft threshold; default: ${DEFAULT-VALUE}")
  int evictionGrace;

  @Option(
      names = "--image-gc-high-threshold",
      defaultValue = "${env:ARGOSY_IMAGE_GC_HIGH_THRESHOLD:-85}",
      description =
          "percent of the images' disk from which on unused ones go; default: ${DEFAULT-VALUE}")
  int imageHigh = 85;

  @Option(
      names = "--image-gc-low-threshold",
      defaultValue = "${env:ARGOSY_IMAGE_GC_LOW_THRESHOLD:-80}",
      description = "percent down to which they go; default: ${DEFAULT-VALUE}")
  int imageLow = 80;

  @Option(
      names = "--minimum-image-ttl-duration",
      defaultValue = "${env:ARGOSY_MINIMUM_IMAGE_TTL_DURATION:-2m}",
      description = "how long an image is left alone after it came; default: ${DEFAULT-VALUE}")
  String imageMinAge = "2m";

  @Option(
      names = "--image-maximum-gc-age",
      defaultValue = "${env:ARGOSY_IMAGE_MAXIMUM_GC_AGE:-0}",
      description = "how long an unused image is kept; default: 0, for ever")
  String imageMaxAge = "0";

  @Option(
      names = "--volume-stats-agg-period",
      defaultValue = "${env:ARGOSY_VOLUME_STATS_AGG_PERIOD:-1m}",
      description =
          "how often is counted what pods with a limit keep on the disk; default: ${DEFAULT-VALUE}")
  String countEvery = "1m";

  @Option(
      names = "--system-reserved",
      defaultValue = "${env:ARGOSY_SYSTEM_RESERVED:-}",
      description = "not for pods, such as cpu=100m,memory=200Mi,ephemeral-storage=1Gi")
  String systemReserved = "";

  @Option(
      names = "--kube-reserved",
      defaultValue = "${env:ARGOSY_KUBE_RESERVED:-" + Reserved.DEFAULT + "}",
      description = "not for pods: for the agent and the engine; default: ${DEFAULT-VALUE}")
  String kubeReserved = Reserved.DEFAULT;

  @Option(
      names = "--cgroups-per-qos",
      defaultValue = "${env:ARGOSY_CGROUPS_PER_QOS:-true}",
      arity = "1",
      description = "whether pods get control groups of their own; default: ${DEFAULT-VALUE}")
  boolean groupsPerQuality = true;

  @Option(
      names = "--cgroup-root",
      defaultValue = "${env:ARGOSY_CGROUP_ROOT:-}",
      description = "the control group below which they are made; default: the top")
  String groupRoot = "";

  @Option(
      names = "--pod-max-pids",
      defaultValue = "${env:ARGOSY_POD_MAX_PIDS:--1}",
      description = "processes and threads of each pod at most; default: no limit")
  long podProcesses = -1;

  @Option(
      names = "--cpu-manager-policy",
      defaultValue = "${env:ARGOSY_CPU_MANAGER_POLICY:-none}",
      description =
          "static: containers of Guaranteed pods that ask for whole processors get some of their own;"
              + " default: ${DEFAULT-VALUE}")
  String cpuPolicy = "none";

  @Option(
      names = "--reserved-cpus",
      defaultValue = "${env:ARGOSY_RESERVED_CPUS:-}",
      description =
          "processors that no pod gets for its own, such as 0-1; default: as many as are reserved")
  String reservedCpus = "";

  @Mixin PlacementOptions placement = new PlacementOptions();

  @Option(
      names = "--fail-swap-on",
      defaultValue = "${env:ARGOSY_FAIL_SWAP_ON:-true}",
      arity = "1",
      description = "whether to refuse a machine with swap; default: ${DEFAULT-VALUE}")
  boolean failSwapOn = true;

  /**
   * @throws IllegalArgumentException naming the option that is wrong
   */
  public ResourceSettings settings() {
    EvictionSettings eviction =
        new EvictionSettings.Texts(evictionHard, evictionSoft, evictionSoftGrace, evictionReclaim)
            .settings(
                duration("--eviction-pressure-transition-period", evictionTransition),
                Duration.ofSeconds(evictionGrace));
    GarbageSettings garbage =
        new GarbageSettings(
            imageHigh,
            imageLow,
            duration("--minimum-image-ttl-duration", imageMinAge),
            duration("--image-maximum-gc-age", imageMaxAge));
    Reserved reserved =
        Reserved.parse("--system-reserved", systemReserved)
            .plus(Reserved.parse("--kube-reserved", kubeReserved));
    return new ResourceSettings(
        eviction,
        garbage,
        duration("--volume-stats-agg-period", countEvery),
        reserved,
        new ResourceSettings.Groups(groupsPerQuality, groupRoot, Math.max(0, podProcesses)),
        exclusiveCpus(reserved),
        placement.devicePlugins,
        placement.podResources,
        placement.topology(),
        failSwapOn);
  }

  private Optional<String> exclusiveCpus(Reserved reserved) {
    return switch (cpuPolicy) {
      case "none" -> Optional.empty();
      case "static" -> {
        long first = (reserved.cpuThousandths() + 999) / 1000;
        String counted = first == 0 ? "" : "0-" + (first - 1);
        yield Optional.of(reservedCpus.isEmpty() ? counted : reservedCpus);
      }
      default ->
          throw new IllegalArgumentException(
              "--cpu-manager-policy is none or static, not \"" + cpuPolicy + "\"");
    };
  }

  private static Duration duration(String option, String text) {
    try {
      return GoDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }
}
