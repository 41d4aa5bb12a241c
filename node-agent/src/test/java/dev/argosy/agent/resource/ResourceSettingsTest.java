package dev.argosy.agent.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.garbage.GarbageSettings;
import dev.argosy.agent.node.Kept;
import dev.argosy.agent.pressure.EvictionSettings;
import dev.argosy.agent.topology.TopologyPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The options as they are given. */
final class ResourceSettingsTest {

  private static final long MI = 1L << 20;

  @TempDir Path proc;

  @CommandLine.Command
  private static final class Line {
    @CommandLine.Mixin ResourceOptions options = new ResourceOptions();
  }

  private static ResourceSettings given(String... arguments) {
    Line line = new Line();
    new CommandLine(line).parseArgs(arguments);
    return line.options.settings();
  }

  @Test
  void theDefaultsAreThoseOfKubernetes() {
    ResourceSettings settings = given();
    assertThat(settings).isEqualTo(ResourceSettings.DEFAULT);
    assertThat(settings.eviction()).isEqualTo(EvictionSettings.DEFAULT);
    assertThat(settings.garbage()).isEqualTo(GarbageSettings.DEFAULT);
    assertThat(settings.countEvery()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.reserved()).isEqualTo(new Reserved(0, 156 * MI, 0));
    assertThat(settings.groups()).isEqualTo(new ResourceSettings.Groups(true, "", 0));
    assertThat(settings.failSwapOn()).isTrue();
    assertThat(settings.exclusiveCpus()).isEmpty();
    assertThat(settings.devicePlugins()).isEmpty();
    assertThat(settings.podResources()).isEmpty();
    assertThat(settings.topology())
        .isEqualTo(new ResourceSettings.Topology(TopologyPolicy.NONE, false, false, ""));
  }

  @Test
  void podsDoNotGetWhatIsReservedNorWhatMustBeLeft() {
    ResourceSettings settings =
        given(
            "--system-reserved=cpu=500m,memory=100Mi,ephemeral-storage=1Mi",
            "--kube-reserved=cpu=0.25,memory=50Mi");
    assertThat(settings.kept(1000 * MI, 100 * MI)).isEqualTo(new Kept(750, 250 * MI, 11 * MI));
    assertThat(settings.groups(2, 1000 * MI).memoryBytes()).isEqualTo(850 * MI);
    assertThat(settings.groups(2, 1000 * MI).cpuThousandths()).isEqualTo(1250);
    assertThat(ResourceSettings.DEFAULT.kept(1000 * MI, 0).memoryBytes()).isEqualTo(256 * MI);
  }

  @Test
  void allCanBeSet() {
    ResourceSettings settings =
        given(
            "--eviction-hard=memory.available<1%",
            "--eviction-soft=memory.available<5%",
            "--eviction-soft-grace-period=memory.available=1m",
            "--eviction-minimum-reclaim=memory.available=1Mi",
            "--eviction-pressure-transition-period=30s",
            "--eviction-max-pod-grace-period=20",
            "--image-gc-high-threshold=70",
            "--image-gc-low-threshold=60",
            "--minimum-image-ttl-duration=1h",
            "--image-maximum-gc-age=48h",
            "--volume-stats-agg-period=5m",
            "--cgroups-per-qos=false",
            "--cgroup-root=/pods",
            "--pod-max-pids=1000",
            "--device-plugins=none",
            "--pod-resources=/r",
            "--memory-manager-policy=Static",
            "--reserved-memory=0:memory=1Gi",
            "--topology-manager-policy=single-numa-node",
            "--topology-manager-scope=pod",
            "--fail-swap-on=false");
    assertThat(settings.devicePlugins()).isEqualTo("none");
    assertThat(settings.podResources()).isEqualTo("/r");
    assertThat(settings.topology())
        .isEqualTo(
            new ResourceSettings.Topology(
                TopologyPolicy.SINGLE_NUMA_NODE, true, true, "0:memory=1Gi"));
    assertThat(settings.eviction().thresholds()).hasSize(2);
    assertThat(settings.eviction().transition()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.eviction().longestGrace()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.garbage())
        .isEqualTo(new GarbageSettings(70, 60, Duration.ofHours(1), Duration.ofHours(48)));
    assertThat(settings.countEvery()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.groups()).isEqualTo(new ResourceSettings.Groups(false, "/pods", 1000));
    assertThat(settings.failSwapOn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--image-gc-high-threshold=70     | --image-gc-low-threshold (80) must be less than --image-gc-high-threshold (70)",
        "--image-maximum-gc-age=1m        | --image-maximum-gc-age must be longer than --minimum-image-ttl-duration",
        "--minimum-image-ttl-duration=2d  | --minimum-image-ttl-duration: \"2d\" is no duration",
        "--volume-stats-agg-period=1s     | --volume-stats-agg-period is at least 10s",
        "--system-reserved=gpu=1          | --system-reserved: \"gpu\" cannot be reserved; cpu, memory and ephemeral-storage can",
        "--kube-reserved=memory           | --kube-reserved: \"memory\" should be NAME=AMOUNT",
        "--kube-reserved=memory=x         | --kube-reserved: \"x\" is no quantity such as 100m or 200Mi",
        "--cpu-manager-policy=dynamic     | --cpu-manager-policy is none or static, not \"dynamic\"",
        "--memory-manager-policy=static   | --memory-manager-policy is None or Static, not \"static\"",
        "--reserved-memory=0:memory=1Gi   | --reserved-memory means something with --memory-manager-policy=Static alone",
        "--topology-manager-policy=best   | --topology-manager-policy is one of none, best-effort, restricted, single-numa-node, not \"best\"",
        "--topology-manager-scope=node    | --topology-manager-scope is container or pod, not \"node\"",
        "--kube-reserved=memory=-1        | --kube-reserved: -1 is less than nothing",
      })
  void whatIsWrongIsNamedWithTheRemedy(String argument, String message) {
    assertThatThrownBy(() -> given(argument))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void processorsThatNobodyGetsAreNamedOrCounted() {
    assertThat(given("--cpu-manager-policy=static", "--reserved-cpus=0,4").exclusiveCpus())
        .contains("0,4");
    assertThat(given("--cpu-manager-policy=static", "--system-reserved=cpu=1100m").exclusiveCpus())
        .contains("0-1");
    assertThat(given("--cpu-manager-policy=static").exclusiveCpus()).contains("");
  }

  @Test
  void aMachineWithSwapIsRefusedUnlessOneAsksForIt() throws Exception {
    assertThatCode(() -> Swap.check(given(), proc)).doesNotThrowAnyException();
    Files.writeString(proc.resolve("swaps"), "Filename Type Size Used Priority\n");
    assertThatCode(() -> Swap.check(given(), proc)).doesNotThrowAnyException();
    Files.writeString(
        proc.resolve("swaps"),
        "Filename Type Size Used Priority\n/swap.img\tfile\t1\t0\t-2\n/dev/sda2 partition 1 0 -3\n");
    assertThatThrownBy(() -> Swap.check(given(), proc))
        .hasMessageContaining("running with swap on is not supported")
        .hasMessageContaining("/swap.img, /dev/sda2")
        .hasMessageContaining("swapoff -a")
        .hasMessageContaining("--fail-swap-on=false");
    assertThatCode(() -> Swap.check(given("--fail-swap-on=false"), proc))
        .doesNotThrowAnyException();
  }
}
