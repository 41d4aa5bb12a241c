package dev.argosy.agent;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A dockerd of a test's own, in a temporary folder, that may be stopped and started again. */
public final class OwnDocker implements AutoCloseable {

  private final Path folder;
  private final List<String> options;
  private Process dockerd;

  private OwnDocker(Path folder, String... options) throws IOException {
    this.folder = folder;
    this.options = List.of(options);
    this.dockerd = launch();
  }

  /** Starts one, with further options, and waits until it answers. */
  public static OwnDocker start(String... options) {
    try {
      OwnDocker docker = new OwnDocker(Files.createTempDirectory("argosy-dockerd"), options);
      Eventually.holds(docker::answers);
      return docker;
    } catch (IOException e) {
      throw new AssertionError("Docker tests need dockerd: apt-get install docker.io", e);
    }
  }

  /** Where it listens. */
  public String host() {
    return "unix://" + folder.resolve("docker.sock");
  }

  /** Starts it again after {@link #stop}, on the same data. */
  public void startAgain() throws IOException {
    dockerd = launch();
    Eventually.holds(this::answers);
  }

  /** Stops the engine; with {@code --live-restore} containers go on. */
  public void stop() throws InterruptedException {
    dockerd.destroy();
    if (!dockerd.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("dockerd did not end");
    }
  }

  /**
   * Kills the engine, as the kernel does when memory is short. Its containerd dies with it, which
   * the next one would not see where nobody reaps the dead.
   */
  public void kill() throws IOException, InterruptedException {
    dockerd.destroyForcibly().waitFor();
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

  private boolean answers() {
    if (!dockerd.isAlive()) {
      throw new AssertionError("dockerd ended at once:\n" + log());
    }
    return answers(host());
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Process launch() throws IOException {
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
    ProcessBuilder start = new ProcessBuilder(command);
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
    unmountAll();
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path one : bottomUp) {
        Files.deleteIfExists(one);
      }
    }
  }

  /** The engine mounts its data folder on itself, and containers' file systems below. */
  private void unmountAll() throws IOException {
    for (String mount : Files.readAllLines(Path.of("/proc/self/mounts")).reversed()) {
      String target = mount.split(" ", 3)[1];
      if (target.startsWith(folder + "/")) {
        Commands.run(List.of("umount", "-l", target));
      }
    }
  }
}
