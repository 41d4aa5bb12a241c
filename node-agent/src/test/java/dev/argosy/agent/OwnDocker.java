package dev.argosy.agent;

import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dockerd of a test's own, in a temporary folder, that may be stopped and started again. */
public final class OwnDocker extends OwnEngine {

  private final List<String> options;

  private OwnDocker(String... options) throws IOException {
    super("dockerd");
    this.options = List.of(options);
  }

  /** Starts one, with further options, and waits until it answers. */
  public static OwnDocker start(String... options) {
    try {
      OwnDocker docker = new OwnDocker(options);
      docker.startAgain();
      return docker;
    } catch (IOException e) {
      throw new AssertionError("Docker tests need dockerd: apt-get install docker.io", e);
    }
  }

  /** Where it listens. */
  public String host() {
    return "unix://" + folder.resolve("docker.sock");
  }

  /** Kills it. Its containerd dies with it, which the next one would not see where nobody reaps. */
  public void kill() throws IOException, InterruptedException {
    killNow();
    Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
  }

  static boolean answers(String host) {
    if (!Files.exists(Path.of(host.substring("unix://".length())))) {
      return false;
    }
    try (DockerRuntime runtime = DockerRuntime.connect(host, "asking")) {
      runtime.info();
      return true;
    } catch (RuntimeFailure e) {
      return false;
    }
  }

  @Override
  boolean answersNow() {
    return answers(host());
  }

  @Override
  List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--net", // or it would take the machine's docker0 away
                "dockerd",
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--bridge=none",
                "--iptables=false",
                "--host=" + host()));
    command.addAll(options);
    return command;
  }
}
