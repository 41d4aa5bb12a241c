package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.TestContainerd;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.command.Commands;
import dev.argosy.agent.network.hostport.PublishedPorts;
import dev.argosy.agent.network.pod.VethNetwork;
import dev.argosy.agent.runtime.cri.CriRuntime;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerStreams.ExecRequest;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pod on containerd with a real network, and the machine before and after it. */
@Timeout(60)
final class ContainerdHostTest {

  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir private Path data;

  @Test
  void nothingIsLeftOfAPodThatRanAndWasDeleted() throws Exception {
    try (CriRuntime runtime = TestContainerd.connect(run, data.resolve("logs"))) {
      warmUp(runtime);
      Set<String> before = machine();
      Path group;
      try (TestNode node =
          new TestNode(
              run,
              runtime,
              new VethNetwork(
                  "10.211.9.0/24",
                  data.resolve("addresses"),
                  "127.0.0.1",
                  1400,
                  new PublishedPorts(List.of("nft"), "argosy_test_containerd", "127.0.0.1")),
              data)) {
        ObjectKey key =
            node.run(pod("web", TestDocker.IMAGE, "sh", "-c", "echo hi; httpd -f -p 80"));
        String ip = node.awaitReady(key).path("status").path("podIP").asString("");
        assertThat(machine()).isNotEqualTo(before);
        Eventually.holds(() -> answers(ip));
        Container web = runtime.containers(Map.of()).getFirst();
        String id = web.id();
        group = group(((Container.Running) web.state()).pid());
        assertThat(group).isDirectory();
        assertThat(log(runtime, id)).isEqualTo("hi\n");
        assertThat(exec(runtime, id, "hostname")).isEqualTo("web\n");
        node.delete(key);
        node.awaitGone(key);
      }
      Eventually.holds(() -> {
        Set<String> more = machine();
        more.removeAll(before);
        return more.isEmpty();
      });
      assertThat(group).doesNotExist();
    } finally {
      removeEverything();
    }
  }

  /** After a failure, too. */
  private void removeEverything() throws RuntimeFailure {
    try (CriRuntime runtime = TestContainerd.connect(run, data.resolve("logs"))) {
      for (Container one : runtime.containers(Map.of())) {
        runtime.removeContainer(one.id());
      }
      for (Sandbox one : runtime.sandboxes(Map.of())) {
        runtime.removeSandbox(one.id());
      }
    }
  }

  /** The first sandbox makes what is there for good: groups, and the network's configuration. */
  private void warmUp(CriRuntime runtime) throws Exception {
    PauseImage.ensure(runtime.images(), "amd64");
    String sandbox =
        runtime.startSandbox(
            new SandboxSpec(run, Map.of(), "", List.of(), "", false, false, false, Map.of(), ""));
    runtime.removeSandbox(sandbox);
  }

  /** A pod without a probe is ready before its server is. */
  private static boolean answers(String ip) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(ip, 80), 5000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String log(CriRuntime runtime, String id) throws Exception {
    try (LogReader log = runtime.streams().logs(id, LogQuery.ALL)) {
      LogReader.Chunk chunk = log.next();
      return chunk == null ? "" : new String(chunk.bytes(), UTF_8);
    }
  }

  private static String exec(CriRuntime runtime, String id, String... command) throws Exception {
    ExecRequest request = new ExecRequest(List.of(command), false, true, false, false);
    try (ProcessStreams process = runtime.streams().exec(id, request)) {
      return new String(process.stdout().readAllBytes(), UTF_8);
    }
  }

  /** The control group of a process. */
  private static Path group(int pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts[1].equals("memory")) {
        return Path.of("/sys/fs/cgroup/memory" + parts[2]);
      }
    }
    return Path.of(
        "/sys/fs/cgroup"
            + Files.readString(Path.of("/proc/" + pid + "/cgroup")).strip().substring(3));
  }

  /** Mounts, routes, processes of this containerd, and files of the node. */
  private Set<String> machine() throws IOException {
    Set<String> all = new TreeSet<>();
    String engine = TestContainerd.endpoint().substring("unix://".length());
    String home = engine.substring(0, engine.lastIndexOf('/'));
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      mounts.filter(m -> m.contains(" " + home + "/")).forEach(all::add);
    }
    all.addAll(
        Commands.run(List.of("ip", "route", "show"))
            .output()
            .lines()
            .filter(route -> route.contains("10.211.9."))
            .toList());
    all.addAll(folders(Path.of(home, "state/io.containerd.runtime.v2.task")));
    try (Stream<Path> files = Files.walk(data)) {
      files.filter(Files::isRegularFile).map(Path::toString).forEach(all::add);
    }
    all.addAll(
        ProcessHandle.allProcesses()
            .map(p -> p.info().commandLine().orElse(""))
            .filter(line -> line.contains("containerd-shim") && line.contains(engine))
            .map(line -> "shim of " + line)
            .collect(Collectors.toSet()));
    return all;
  }

  private static List<String> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder, 2)) {
      return tree.filter(Files::isDirectory).map(Path::toString).toList();
    }
  }
}
