package dev.argosy.agent;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.runtime.cri.CriRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A containerd of a test's own, in a temporary folder, that may be stopped and started again. */
public final class OwnContainerd implements AutoCloseable {

  private static final String SETTINGS =
      """
      version = 2
      root = "%1$s/root"
      state = "%1$s/state"
      disabled_plugins = [
        "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
        "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
        "io.containerd.internal.v1.tracing", "io.containerd.tracing.processor.v1.otlp"]
      [grpc]
      address = "%1$s/containerd.sock"
      [ttrpc]
      address = "%1$s/ttrpc.sock"
      [plugins."io.containerd.internal.v1.opt"]
      path = "%1$s/opt"
      [plugins."io.containerd.grpc.v1.cri"]
      sandbox_image = "docker.io/argosy/pause:1"
      restrict_oom_score_adj = true
      netns_mounts_under_state_dir = true
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.second]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".cni]
      conf_dir = "%1$s/cni/net.d"
      bin_dir = "%1$s/cni/bin"
      """;

  private final Path folder;
  private Process containerd;

  private OwnContainerd(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("cni/net.d"));
    Files.writeString(folder.resolve("config.toml"), SETTINGS.formatted(folder));
    this.containerd = launch();
  }

  /** Starts one and waits until it answers. */
  public static OwnContainerd start() {
    try {
      OwnContainerd one = new OwnContainerd(Files.createTempDirectory("argosy-containerd"));
      Eventually.holds(one::answers);
      return one;
    } catch (IOException e) {
      throw new AssertionError("CRI tests need containerd: apt-get install containerd", e);
    }
  }

  /** Where it listens. */
  public String endpoint() {
    return "unix://" + folder.resolve("containerd.sock");
  }

  /** Starts it again after {@link #stop}, on the same data. */
  public void startAgain() throws IOException {
    containerd = launch();
    Eventually.holds(this::answers);
  }

  /** Stops the engine; containers go on. */
  public void stop() throws InterruptedException {
    containerd.destroy();
    if (!containerd.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("containerd did not end");
    }
  }

  private boolean answers() throws IOException {
    if (!containerd.isAlive()) {
      throw new AssertionError(
          "containerd ended at once:\n" + Files.readString(folder.resolve("log")));
    }
    try (CriRuntime runtime = CriRuntime.connect(endpoint(), "asking", folder.resolve("no-logs"))) {
      runtime.info();
      return true;
    } catch (RuntimeFailure e) {
      return false;
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder start =
        new ProcessBuilder("containerd", "--config", folder.resolve("config.toml").toString());
    start.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
    return start
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** Ends it, and removes its folder. */
  @Override
  public void close() throws Exception {
    stop();
    for (String mount : Files.readAllLines(Path.of("/proc/self/mounts")).reversed()) {
      String target = mount.split(" ", 3)[1];
      if (target.startsWith(folder + "/")) {
        Commands.run(List.of("umount", "-l", target));
      }
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path one : bottomUp) {
        Files.deleteIfExists(one);
      }
    }
  }
}
