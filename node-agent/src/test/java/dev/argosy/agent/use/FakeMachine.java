package dev.argosy.agent.use;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A machine whose kernel is a folder, with a fake engine. */
final class FakeMachine {

  private static final GroupResource PODS = new GroupResource("", "pods");

  /** How control groups are laid out. */
  enum Layout {
    V1,
    V2,
    /** Version 1 for memory, version 2 beside it for the rest. */
    MIXED
  }

  final KernelFiles kernel;
  final FakeRuntime runtime;
  private final Layout layout;

  FakeMachine(Path folder, Layout layout, Clock clock) throws IOException {
    this.kernel = new KernelFiles(folder.resolve("proc"), folder.resolve("cgroup"));
    this.layout = layout;
    this.runtime = new FakeRuntime(clock);
    runtime.images().add(PauseImage.NAME);
    runtime.images().add("busybox");
    write(kernel.proc().resolve("sys/kernel/random/boot_id"), "boot-1\n");
    write(kernel.proc().resolve("stat"), "cpu  100 10 50 9999 77 5 5 30 40 40\ncpu0 1 2 3\n");
    write(
        kernel.proc().resolve("meminfo"),
        "MemTotal:        1000 kB\nMemFree:          300 kB\nInactive(file):   200 kB\n");
    uptime("100.00");
    network("self", "net:[1]");
  }

  void uptime(String seconds) throws IOException {
    write(kernel.proc().resolve("uptime"), seconds + " 12.34\n");
  }

  private void network(String process, String name) throws IOException {
    Path link = kernel.proc().resolve(process).resolve("ns/net");
    Files.createDirectories(link.getParent());
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(name));
  }

  static Map<String, String> labels(String pod) {
    return PodLabels.ofPod(new ObjectKey(PODS, "acme", "default", pod), pod + "-uid");
  }

  /** A pod with its network; on the machine's own if its name says so. */
  String pod(String name) throws Exception {
    String id =
        runtime.startSandbox(
            new SandboxSpec(
                name,
                labels(name),
                PauseImage.NAME,
                List.of("/pause"),
                "",
                false,
                false,
                false,
                Map.of(),
                ""));
    int pid = sandbox(id).pid();
    network(Integer.toString(pid), name.startsWith("host") ? "net:[1]" : "net:[" + pid + "]");
    traffic(id, 0, 0);
    return id;
  }

  private Sandbox sandbox(String id) throws Exception {
    return runtime.sandboxes(Map.of()).stream()
        .filter(sandbox -> sandbox.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  void traffic(String sandbox, long received, long sent) throws Exception {
    String text =
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo: 777777      10    0    0    0     0          0         0 777777      10    0    0    0     0       0          0
          eth0: %d       3    0    0    0     0          0         0     %d       5    0    0    0     0       0          0
        """
            .formatted(received, sent);
    write(kernel.ofProcess(sandbox(sandbox).pid(), "net/dev"), text);
  }

  /** A running container {@code main} of a pod. */
  String container(String sandbox, String pod, int attempt) throws Exception {
    ObjectKey key = new ObjectKey(PODS, "acme", "default", pod);
    String id =
        runtime.createContainer(
            sandbox,
            new ContainerSpec(
                pod + "-" + attempt,
                PodLabels.ofContainer(key, pod + "-uid", "main", attempt),
                "busybox",
                List.of("wait"),
                List.of(),
                List.of(),
                "",
                List.of(),
                ContainerSpec.Limits.NONE,
                ContainerSpec.Privileges.DEFAULT,
                ContainerSpec.Terminal.NONE,
                new ContainerSpec.Processes.Own()));
    runtime.startContainer(id);
    used(id, 0, 0, 0);
    return id;
  }

  /**
   * What a container has used.
   *
   * @param idle memory that could be dropped, of all of it
   */
  void used(String container, long cpuNanos, long memory, long idle) throws Exception {
    Container found = runtime.container(container).orElseThrow();
    assertThat(found.state()).isInstanceOf(Container.Running.class);
    int pid = ((Container.Running) found.state()).pid();
    String group = "docker/" + container;
    write(
        kernel.ofProcess(pid, "cgroup"),
        switch (layout) {
          case V1 ->
              "5:cpu,cpuacct:/" + group + "\n4:memory:/" + group + "\n1:name=systemd:/x\n0::/\n";
          case V2 -> "0::/" + group + "\n";
          case MIXED -> "4:memory:/" + group + "\n2:cpuacct:/\n0::/" + group + "\n";
        });
    Path groups = kernel.groups();
    Path unified = layout == Layout.MIXED ? groups.resolve("unified") : groups;
    if (layout == Layout.V1) {
      write(groups.resolve("cpuacct").resolve(group).resolve("cpuacct.usage"), cpuNanos + "\n");
    } else {
      write(
          unified.resolve(group).resolve("cpu.stat"),
          "usage_usec " + cpuNanos / 1000 + "\nuser_usec 1\n");
    }
    if (layout == Layout.V2) {
      write(groups.resolve(group).resolve("memory.current"), memory + "\n");
      write(groups.resolve(group).resolve("memory.stat"), "anon 1\ninactive_file " + idle + "\n");
    } else {
      Path own = groups.resolve("memory").resolve(group);
      write(own.resolve("memory.usage_in_bytes"), memory + "\n");
      write(own.resolve("memory.stat"), "inactive_file 1\ntotal_inactive_file " + idle + "\n");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
