package dev.argosy.agent.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.command.Commands.Outcome;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.Pods;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups in trees of both versions, which are folders here. */
final class NodeGroupsTest {

  private static final GroupSettings SETTINGS =
      new GroupSettings(true, "", 500, 1900, 900L << 20, 1000L << 20);
  private static final PodView WEB =
      Pods.pod(
          "web",
          0,
          "{\"requests\":{\"cpu\":\"250m\"},\"limits\":{\"cpu\":\"1\",\"memory\":\"64Mi\"}}");

  @TempDir Path root;

  /** The kernel makes a group's files with it; here they are there before. */
  private void files(String group, String... names) throws IOException {
    Path folder = root.resolve(group);
    Files.createDirectories(folder);
    for (String name : names) {
      String value = name.equals("memory.limit_in_bytes") ? "9223372036854771712\n" : "\n";
      Files.writeString(folder.resolve(name), value);
    }
  }

  private String read(String file) throws IOException {
    return Files.readString(root.resolve(file)).strip();
  }

  private void version1() throws IOException {
    for (String group :
        List.of(
            "kubepods", "kubepods/burstable", "kubepods/besteffort", "kubepods/burstable/podweb")) {
      files("cpu/" + group, "cpu.shares", "cpu.cfs_quota_us");
      files("memory/" + group, "memory.limit_in_bytes");
      files("pids/" + group, "pids.max");
    }
  }

  @Test
  void version1HasATreeForEachController() throws IOException {
    version1();
    NodeGroups groups = new NodeGroups(SETTINGS, root, () -> false, -1000);
    assertThat(groups.enter(WEB)).isEqualTo("/kubepods/burstable/podweb");
    assertThat(read("cpu/kubepods/cpu.shares")).isEqualTo("1945");
    assertThat(read("memory/kubepods/memory.limit_in_bytes")).isEqualTo("" + (900L << 20));
    assertThat(read("cpu/kubepods/besteffort/cpu.shares")).isEqualTo("2");
    assertThat(read("cpu/kubepods/burstable/cpu.shares")).isEqualTo("256");
    assertThat(read("memory/kubepods/burstable/memory.limit_in_bytes"))
        .isEqualTo("9223372036854771712");
    assertThat(read("cpu/kubepods/burstable/podweb/cpu.shares")).isEqualTo("256");
    assertThat(read("cpu/kubepods/burstable/podweb/cpu.cfs_quota_us")).isEqualTo("100000");
    assertThat(read("memory/kubepods/burstable/podweb/memory.limit_in_bytes"))
        .isEqualTo("" + (64L << 20));
    assertThat(read("pids/kubepods/burstable/podweb/pids.max")).isEqualTo("500");
    groups.follow(List.of());
    assertThat(read("cpu/kubepods/burstable/cpu.shares")).isEqualTo("2");
  }

  @Test
  void version2HasOneTreeInWhichControllersAreLetDown() throws IOException {
    files("", "cgroup.subtree_control");
    Files.writeString(
        root.resolve("cgroup.controllers"), "cpuset cpu io memory hugetlb pids rdma\n");
    for (String group : List.of("kubepods", "kubepods/burstable", "kubepods/burstable/podweb")) {
      files(group, "cpu.weight", "cpu.max", "memory.max", "pids.max", "hugetlb.2MB.max");
    }
    GroupSettings settings = new GroupSettings(true, "/", 0, 1900, 900L << 20, 1000L << 20);
    NodeGroups groups = new NodeGroups(settings, root, () -> false, -1000);
    PodView pages =
        Pods.pod(
            "web",
            0,
            "{\"requests\":{\"cpu\":\"250m\"},\"limits\":{\"cpu\":\"1\",\"hugepages-2Mi\":\"4Mi\"}}");
    assertThat(groups.enter(pages)).isEqualTo("/kubepods/burstable/podweb");
    assertThat(read("cgroup.subtree_control")).isEqualTo("+hugetlb");
    assertThat(read("kubepods/memory.max")).isEqualTo("" + (900L << 20));
    assertThat(read("kubepods/cpu.weight")).isEqualTo("75");
    assertThat(read("kubepods/cpu.max")).isEqualTo("max 100000");
    assertThat(read("kubepods/burstable/podweb/cpu.weight")).isEqualTo("10");
    assertThat(read("kubepods/burstable/podweb/cpu.max")).isEqualTo("100000 100000");
    assertThat(read("kubepods/burstable/podweb/memory.max")).isEqualTo("max");
    assertThat(read("kubepods/burstable/podweb/pids.max")).isEqualTo("max");
    assertThat(read("kubepods/burstable/podweb/hugetlb.2MB.max")).isEqualTo("" + (4L << 20));
  }

  @Test
  void aPodGrowsBeforeItsContainersAndShrinksAfterThem() throws IOException {
    version1();
    NodeGroups groups = new NodeGroups(SETTINGS, root, () -> false, 0);
    groups.enter(WEB);
    PodView other =
        Pods.pod(
            "web",
            0,
            "{\"requests\":{\"cpu\":\"400m\"},\"limits\":{\"cpu\":\"500m\",\"memory\":\"128Mi\"}}");
    groups.grow(other);
    assertThat(read("cpu/kubepods/burstable/podweb/cpu.cfs_quota_us")).isEqualTo("100000");
    assertThat(read("memory/kubepods/burstable/podweb/memory.limit_in_bytes"))
        .isEqualTo("" + (128L << 20));
    groups.fit(other);
    assertThat(read("cpu/kubepods/burstable/podweb/cpu.cfs_quota_us")).isEqualTo("50000");
    assertThat(read("cpu/kubepods/burstable/cpu.shares")).isEqualTo("409");
  }

  @Test
  void withoutGroupsPodsGoWhereTheEnginePutsThem() throws IOException {
    Path file = Files.createFile(root.resolve("memory"));
    Files.createDirectories(root.resolve("cpu"));
    Files.createFile(root.resolve("cpu/kubepods"));
    NodeGroups groups = new NodeGroups(SETTINGS, root, () -> false, 0);
    assertThat(groups.enter(WEB)).isEmpty();
    groups.leave("web");
    assertThat(file).exists();
    GroupSettings off = new GroupSettings(false, "", 0, 1, 1, 1);
    assertThat(new NodeGroups(off, root.resolve("none"), () -> false, 0).enter(WEB)).isEmpty();
  }

  @Test
  void systemdsGroupsAreItsSlices() throws IOException {
    List<String> commands = new ArrayList<>();
    SlicesOfSystemd slices =
        new SlicesOfSystemd(command -> {
          commands.add(String.join(" ", command));
          return new Outcome(0, "");
        });
    String path = "kubepods/burstable/pod12-34";
    assertThat(SlicesOfSystemd.slice(path)).isEqualTo("kubepods-burstable-pod12_34.slice");
    slices.make(path);
    slices.give(path, new Share(1000, 1500, 64, 10, Map.of()));
    slices.give(path, new Share(0, 0, 0, 0, Map.of()));
    slices.remove(path);
    assertThat(commands)
        .containsExactly(
            "systemctl start kubepods-burstable-pod12_34.slice",
            "systemctl set-property --runtime kubepods-burstable-pod12_34.slice CPUWeight=39"
                + " CPUQuota=150% MemoryMax=64 TasksMax=10",
            "systemctl set-property --runtime kubepods-burstable-pod12_34.slice CPUWeight=1"
                + " CPUQuota= MemoryMax=infinity TasksMax=infinity",
            "systemctl stop kubepods-burstable-pod12_34.slice",
            "systemctl revert kubepods-burstable-pod12_34.slice");
    assertThatThrownBy(
            () -> new SlicesOfSystemd(command -> new Outcome(1, "no such unit")).make("kubepods"))
        .hasMessage("systemctl start kubepods.slice: no such unit");
  }

  @Test
  void whileTheEngineIsAwayNoGroupIsMade() throws IOException {
    version1();
    NodeGroups groups =
        new NodeGroups(
            SETTINGS,
            root,
            () -> {
              throw new RuntimeFailure(RuntimeFailure.Kind.UNAVAILABLE, "away");
            },
            0);
    assertThat(groups.enter(WEB)).isEmpty();
    assertThat(read("cpu/kubepods/cpu.shares")).isEmpty();
  }

  @Test
  void scoresAreNoLessThanTheMachineLetsThemBe() {
    GroupSettings off = new GroupSettings(false, "", 0, 1, 1, 1L << 30);
    PodView guaranteed = Pods.pod("g", 0, "{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Mi\"}}");
    var main = guaranteed.containers().getFirst();
    assertThat(new NodeGroups(off, root, () -> false, -1000).oomScore(guaranteed, main))
        .isEqualTo(-997);
    assertThat(new NodeGroups(off, root, () -> false, 0).oomScore(guaranteed, main)).isZero();
  }

  @Test
  void theMachineLetsAProcessWithTheCapabilityDoAnything() throws IOException {
    files("self", "oom_score_adj");
    Files.writeString(root.resolve("self/oom_score_adj"), "200\n");
    Files.writeString(root.resolve("self/status"), "Name: x\nCapEff:\t000001ffffffffff\n");
    assertThat(Privilege.leastOomScore(root)).isEqualTo(-1000);
    Files.writeString(root.resolve("self/status"), "Name: x\nCapEff:\t000001fffeffffff\n");
    assertThat(Privilege.leastOomScore(root)).isEqualTo(200);
    Files.delete(root.resolve("self/status"));
    assertThat(Privilege.leastOomScore(root)).isZero();
  }

  @Test
  void hugePagesAreResourcesOfTheirSize() throws IOException {
    files("huge/hugepages-2048kB", "nr_hugepages");
    files("huge/hugepages-1048576kB", "nr_hugepages");
    Files.writeString(root.resolve("huge/hugepages-2048kB/nr_hugepages"), "10\n");
    Files.writeString(root.resolve("huge/hugepages-1048576kB/nr_hugepages"), "0\n");
    assertThat(HugePages.of(root.resolve("huge")))
        .isEqualTo(Map.of("hugepages-2Mi", 20L << 20, "hugepages-1Gi", 0L));
    assertThat(HugePages.of(root.resolve("none"))).isEmpty();
    assertThat(HugePages.kernelName("1Gi")).isEqualTo("1GB");
    assertThat(HugePages.kernelName("64Ki")).isEqualTo("64KB");
  }
}
