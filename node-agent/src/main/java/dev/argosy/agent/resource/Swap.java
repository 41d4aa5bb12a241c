package dev.argosy.agent.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory that is written to the disk; with it limits on memory mean something else. */
public final class Swap {

  private Swap() {}

  /**
   * Refuses to begin on a machine that has some.
   *
   * @param proc {@code /proc}
   * @throws IllegalArgumentException with the remedy
   */
  public static void check(ResourceSettings settings, Path proc) throws IOException {
    Path file = proc.resolve("swaps");
    if (!settings.failSwapOn() || !Files.exists(file)) {
      return;
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() > 1) {
      String names =
          String.join(", ", lines.stream().skip(1).map(line -> line.split("\\s")[0]).toList());
      throw new IllegalArgumentException(
          "running with swap on is not supported: this machine has "
              + names
              + "\n  turn it off (swapoff -a, and take it out of /etc/fstab), or set --fail-swap-on=false");
    }
  }
}
