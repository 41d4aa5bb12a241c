package dev.argosy.agent;

import dev.argosy.agent.command.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A container engine of a test's own, in a temporary folder: begun, ended and begun again. */
abstract class OwnEngine implements AutoCloseable {

  private final String name;
  final Path folder;
  private @Nullable Process engine;

  /** One that has not begun, with a folder of its own. */
  OwnEngine(String name) throws IOException {
    this.name = name;
    this.folder = Files.createTempDirectory("argosy-" + name);
  }

  /** How it is started. */
  abstract List<String> command();

  /** Whether it does what it is asked; called again until it does. */
  abstract boolean answersNow() throws IOException;

  /** Starts it, again after {@link #stop} on the same data, and waits until it answers. */
  public void startAgain() throws IOException {
    ProcessBuilder start = new ProcessBuilder(command());
    start.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
    engine =
        start
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    Eventually.holds(this::answers);
  }

  private boolean answers() throws IOException {
    if (!engine().isAlive()) {
      throw new AssertionError(
          name + " ended at once:\n" + Files.readString(folder.resolve("log")));
    }
    return answersNow();
  }

  private Process engine() {
    return Objects.requireNonNull(engine, "not begun");
  }

  /** Stops the engine; containers go on, with Docker if it was told {@code --live-restore}. */
  public void stop() throws InterruptedException {
    engine().destroy();
    if (!engine().waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " did not end");
    }
  }

  /** Kills it, as the kernel does when memory is short. */
  void killNow() throws InterruptedException {
    engine().destroyForcibly().waitFor();
  }

  /** Ends it, and removes its folder with what it mounted there. */
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
