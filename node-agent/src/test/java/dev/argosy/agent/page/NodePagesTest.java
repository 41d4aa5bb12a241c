package dev.argosy.agent.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.metric.AgentMetrics;
import dev.argosy.agent.metric.ProcessFigures;
import dev.argosy.agent.pod.measure.PodMeasures;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.FileSystems;
import dev.argosy.agent.pressure.Level;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.agent.stats.DiskLooks;
import dev.argosy.agent.stats.MountedVolumes;
import dev.argosy.agent.stats.NodeStats;
import dev.argosy.agent.stats.StatsReader;
import dev.argosy.agent.storage.DiskBook;
import dev.argosy.agent.use.KernelFiles;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The pages of a node with one running pod, whose kernel is a folder. */
final class NodePagesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-30T10:00:00Z"), ZoneOffset.UTC);
  private static final ObjectKey POD =
      new ObjectKey(new GroupResource("", "pods"), "acme", "default", "web");
  private static final String LABELS = "cluster=\"acme\",namespace=\"default\",pod=\"web\"";

  private final AgentMetrics metrics = new AgentMetrics();
  private final PodMeasures measures = new PodMeasures(metrics);
  private final FakeRuntime runtime = new FakeRuntime(CLOCK);
  private final ObjectNode summary = Json.object();

  @TempDir private Path folder;
  private NodePages pages;

  @BeforeEach
  void prepare() throws Exception {
    KernelFiles kernel = new KernelFiles(folder.resolve("proc"), folder.resolve("cgroup"));
    runtime.images().add(PauseImage.NAME);
    runtime.images().add("busybox");
    machine();
    pod();
    FileSystems files = path -> new FileSystems.Space(new Level(600, 1000), new Level(30, 100));
    pages =
        new NodePages(
            "n1",
            metrics,
            new NodePages.Sources(
                runtime,
                new NodeStats(
                    new StatsReader(runtime, kernel, CLOCK),
                    new NodeStats.Place(
                        folder,
                        () -> Optional.of(folder),
                        4,
                        files,
                        new DiskLooks(new DiskBook(runtime, folder), Duration.ofMinutes(1), CLOCK),
                        new MountedVolumes(files))),
                measures,
                new ProcessFigures(folder.resolve("proc")),
                () -> summary,
                () -> Json.object().put("kubeletconfig", "x")));
    pages.follow(() -> List.of(view()));
    summary.putObject("node").put("nodeName", "n1");
    ObjectNode shown = summary.putArray("pods").addObject();
    shown.putObject("podRef").put("uid", "uid-1");
    shown.putArray("containers").addObject().put("name", "main");
  }

  private void write(String file, String text) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void machine() throws Exception {
    write("proc/stat", "cpu  100 10 50 9999 77 5 5 30 40 40\n");
    write(
        "proc/meminfo",
        "MemTotal: 1000 kB\nMemFree: 300 kB\nInactive(file): 200 kB\nAnonPages: 90 kB\n"
            + "SwapTotal: 50 kB\nSwapFree: 20 kB\n");
    write("proc/vmstat", "pgfault 77\npgmajfault 8\n");
    write("proc/loadavg", "0.1 0.2 0.3 2/345 999\n");
    write("proc/sys/kernel/pid_max", "4194304\n");
    write("proc/sys/kernel/threads-max", "100000\n");
    write("proc/net/route", "Iface Destination\neth7 00000000\n");
    write("proc/net/dev", "a\n lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n" + interfaceOf("eth7", 5));
  }

  private static String interfaceOf(String name, int bytes) {
    return " %s: %d 2 3 4 0 0 0 0 %d 6 7 8 0 0 0 0%n".formatted(name, bytes, bytes * 10);
  }

  private void pod() throws Exception {
    String sandbox =
        runtime.startSandbox(
            new SandboxSpec(
                "web",
                PodLabels.ofPod(POD, "uid-1"),
                PauseImage.NAME,
                List.of("/pause"),
                "",
                false,
                false,
                false,
                Map.of(),
                ""));
    String id =
        runtime.createContainer(
            sandbox,
            new ContainerSpec(
                "web-main",
                PodLabels.ofContainer(POD, "uid-1", "main", 0),
                "busybox",
                List.of("wait"),
                List.of(),
                List.of(),
                "",
                List.of(),
                new ContainerSpec.Limits(512, 50_000, 2000, 0),
                ContainerSpec.Privileges.DEFAULT,
                ContainerSpec.Terminal.NONE,
                new ContainerSpec.Processes.Own()));
    runtime.startContainer(id);
    int pid = ((Container.Running) runtime.container(id).orElseThrow().state()).pid();
    write("proc/" + pid + "/cgroup", "0::/a\n");
    write("cgroup/a/cpu.stat", "usage_usec 5000000\n");
    write("cgroup/a/memory.current", "1000\n");
    write("cgroup/a/memory.stat", "anon 400\ninactive_file 300\npgfault 33\n");
    write("cgroup/a/pids.current", "12\n");
    int pause = runtime.sandboxes(Map.of()).getFirst().pid();
    write("proc/" + pause + "/net/dev", "a\n" + interfaceOf("eth0", 9));
    link("proc/self/ns/net", "net:[1]");
    link("proc/" + pause + "/ns/net", "net:[2]");
  }

  private void link(String file, String target) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.createSymbolicLink(path, Path.of(target));
  }

  private static PodView view() {
    String text =
        """
        {"metadata":{"name":"web","namespace":"default","uid":"uid-1"},"spec":{
        "containers":[{"name":"main","image":"busybox"}],
        "volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"big"}},
        {"name":"fast","emptyDir":{"medium":"Memory"}},{"name":"conf","configMap":{"name":"c"}}]}}
        """;
    return PodView.of(ApiObject.ofWire(POD, 1, text.getBytes(UTF_8)));
  }

  private String page(String path) throws Exception {
    return new String(pages.page(path).orElseThrow(), UTF_8);
  }

  @Test
  void containersAreShownAsByCadvisor() throws Exception {
    String labels =
        LABELS + ",container=\"main\",image=\"busybox\",id=\"container-2\",name=\"web-main\"";
    assertThat(page("/metrics/cadvisor"))
        .contains("container_cpu_usage_seconds_total{" + labels + "} 5\n")
        .contains("container_memory_working_set_bytes{" + labels + "} 700\n")
        .contains("container_memory_usage_bytes{" + labels + "} 1000\n")
        .contains("container_memory_rss{" + labels + "} 400\n")
        .contains("container_spec_memory_limit_bytes{" + labels + "} 2000\n")
        .contains("container_spec_cpu_quota{" + labels + "} 50000\n")
        .contains("container_start_time_seconds{" + labels + "} 1769767200\n")
        .contains("container_network_receive_bytes_total{" + LABELS + ",interface=\"eth0\"} 9\n")
        .contains("container_network_transmit_bytes_total{" + LABELS + ",interface=\"eth0\"} 90\n")
        .contains("machine_cpu_cores 4\n")
        .contains("machine_memory_bytes 1024000\n");
  }

  @Test
  void resourcesAreShownAsByKubelet() throws Exception {
    assertThat(page("/metrics/resource"))
        .contains("node_cpu_usage_seconds_total 2\n")
        .contains("node_memory_working_set_bytes 512000\n")
        .contains("container_cpu_usage_seconds_total{" + LABELS + ",container=\"main\"} 5\n")
        .contains("pod_memory_working_set_bytes{" + LABELS + "} 700\n")
        .contains("resource_scrape_error 0\n");
  }

  @Test
  void theNodeCountsWhatRunsAndHowFullClaimsAre() throws Exception {
    assertThat(page("/metrics"))
        .contains("kubelet_running_pods 1\n")
        .contains("kubelet_running_containers{container_state=\"running\"} 1\n")
        .contains("kubelet_node_name{node=\"n1\"} 1\n")
        .doesNotContain("persistentvolumeclaim=\"big\"");
    Files.createDirectories(folder.resolve("pods/uid-1/volumes/data"));
    assertThat(page("/metrics"))
        .contains(
            "kubelet_volume_stats_used_bytes{cluster=\"acme\",namespace=\"default\",persistentvolumeclaim=\"big\"}"
                + " 400\n");
  }

  @Test
  void probesAreForgottenWithTheirPod() throws Exception {
    measures.probed(POD, "uid-1", "main", "Liveness", true);
    measures.probed(POD, "uid-1", "main", "Liveness", true);
    measures.probed(POD, "uid-1", "main", "Liveness", false);
    String labels =
        LABELS + ",pod_uid=\"uid-1\",container=\"main\",probe_type=\"Liveness\",result=";
    assertThat(page("/metrics/probes"))
        .contains("prober_probe_total{" + labels + "\"successful\"} 2\n")
        .contains("prober_probe_total{" + labels + "\"failed\"} 1\n");
    measures.forget("uid-1");
    assertThat(page("/metrics/probes")).doesNotContain("uid-1");
  }

  @Test
  void theSummaryIsComplete() throws Exception {
    Files.createDirectories(folder.resolve("pods/uid-1/volumes/data"));
    JsonNode all = Json.parse(pages.page("/stats/summary").orElseThrow());
    JsonNode node = all.path("node");
    assertThat(node.at("/memory/availableBytes").asLong(0)).isEqualTo(500 << 10);
    assertThat(node.at("/memory/usageBytes").asLong(0)).isEqualTo(700 << 10);
    assertThat(node.at("/memory/rssBytes").asLong(0)).isEqualTo(90 << 10);
    assertThat(node.at("/memory/majorPageFaults").asLong(0)).isEqualTo(8);
    assertThat(node.at("/swap/swapUsageBytes").asLong(0)).isEqualTo(30 << 10);
    assertThat(node.at("/rlimit/maxpid").asLong(0)).isEqualTo(100_000);
    assertThat(node.at("/rlimit/curproc").asLong(0)).isEqualTo(345);
    assertThat(node.at("/network/name").asString("")).isEqualTo("eth7");
    assertThat(node.at("/network/interfaces/0/txErrors").asLong(0)).isEqualTo(7);
    assertThat(node.at("/fs/inodesUsed").asLong(0)).isEqualTo(70);
    assertThat(node.at("/runtime/imageFs/capacityBytes").asLong(0)).isEqualTo(1000);
    JsonNode pod = all.at("/pods/0");
    assertThat(pod.at("/containers/0/memory/rssBytes").asLong(0)).isEqualTo(400);
    assertThat(pod.at("/containers/0/memory/availableBytes").asLong(0)).isEqualTo(1300);
    assertThat(pod.at("/containers/0/logs/capacityBytes").asLong(0)).isEqualTo(1000);
    assertThat(pod.at("/process_stats/process_count").asLong(0)).isEqualTo(12);
    assertThat(pod.at("/network/rxBytes").asLong(0)).isEqualTo(9);
    assertThat(pod.at("/volume/0/name").asString("")).isEqualTo("data");
    assertThat(pod.at("/volume/0/pvcRef/name").asString("")).isEqualTo("big");
    assertThat(pod.at("/volume/0/usedBytes").asLong(0)).isEqualTo(400);
  }

  @Test
  void otherPathsAreNotThere() throws Exception {
    assertThat(page("/healthz/syncloop")).isEqualTo("ok");
    assertThat(page("/configz")).contains("kubeletconfig");
    assertThat(pages.page("/exec")).isEmpty();
  }

  @Test
  void whatRunsIsShownAsTheEngineHasIt() throws Exception {
    String cluster = "{\"argosy.dev/cluster\":\"acme\"}";
    String shown =
        "{\"metadata\":{\"name\":\"web\",\"namespace\":\"default\",\"uid\":\"uid-1\",\"labels\":"
            + cluster
            + "},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"busybox\"}]},\"status\":{}}";
    assertThat(page("/runningpods")).contains("\"kind\":\"PodList\"", "[" + shown + "]");
    runtime.end(runtime.containers(Map.of()).getFirst().id(), 0);
    assertThat(page("/runningpods")).endsWith("\"items\":[]}");
  }
}
