package dev.argosy.agent;

import dev.argosy.agent.runtime.cri.CriRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A containerd of a test's own, in a temporary folder, that may be stopped and started again. */
public final class OwnContainerd extends OwnEngine {

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

  private OwnContainerd() throws IOException {
    super("containerd");
    Files.createDirectories(folder.resolve("cni/net.d"));
    Files.writeString(folder.resolve("config.toml"), SETTINGS.formatted(folder));
  }

  /** Starts one and waits until it answers. */
  public static OwnContainerd start() {
    try {
      OwnContainerd one = new OwnContainerd();
      one.startAgain();
      return one;
    } catch (IOException e) {
      throw new AssertionError("CRI tests need containerd: apt-get install containerd", e);
    }
  }

  /** Where it listens. */
  public String endpoint() {
    return "unix://" + folder.resolve("containerd.sock");
  }

  @Override
  boolean answersNow() throws IOException {
    try (CriRuntime runtime = CriRuntime.connect(endpoint(), "asking", folder.resolve("no-logs"))) {
      runtime.info();
      return true;
    } catch (RuntimeFailure e) {
      return false;
    }
  }

  @Override
  List<String> command() {
    return List.of("containerd", "--config", folder.resolve("config.toml").toString());
  }
}
