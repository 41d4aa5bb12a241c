package dev.argosy.agent;

import dev.argosy.agent.command.Commands;
import java.nio.file.Path;
import java.util.List;

/** Loop devices of files below a folder. */
public final class Loops {

  private Loops() {}

  public static List<String> of(Path folder) {
    return Commands.run(List.of("losetup", "-n", "-O", "BACK-FILE", "-a"))
        .output()
        .lines()
        .filter(line -> line.startsWith(folder.toString()))
        .toList();
  }

  /**
   * Waits until there are none. Whoever makes a namespace of mounts at this moment, as engines do
   * for containers, has the mounts for a moment longer.
   */
  public static void awaitNone(Path folder) {
    Eventually.holds(() -> of(folder).isEmpty());
  }
}
