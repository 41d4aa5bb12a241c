package dev.argosy.agent.disk;

import dev.argosy.agent.command.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what is below folders, by the machine's own {@code du} at the lowest priority: one process
 * for all of them, outside of this one's memory. What is mounted below a folder does not count, and
 * a file of several names counts once.
 */
public final class FolderSizes {

  private static final List<String> DU =
      List.of("timeout", "300", "nice", "-n", "19", "du", "--one-file-system", "--summarize");

  /**
   * What a folder holds.
   *
   * @param bytes taken up on the disk, holes left out
   */
  public record Size(long bytes, long inodes) {
    public static final Size NOTHING = new Size(0, 0);

    public Size plus(Size other) {
      return new Size(bytes + other.bytes, inodes + other.inodes);
    }
  }

  private FolderSizes() {}

  /** Those that could be counted, or in part; what is gone is left out. */
  public static Map<Path, Size> of(Collection<Path> folders) {
    Map<Path, Size> sizes = new HashMap<>();
    if (!folders.isEmpty()) {
      Map<Path, Long> inodes = run("--inodes", folders);
      run("--block-size=1", folders)
          .forEach(
              (path, bytes) -> sizes.put(path, new Size(bytes, inodes.getOrDefault(path, 0L))));
    }
    return sizes;
  }

  private static Map<Path, Long> run(String unit, Collection<Path> folders) {
    List<String> command = new ArrayList<>(DU);
    command.add(unit);
    command.add("--");
    folders.forEach(folder -> command.add(folder.toString()));
    Map<Path, Long> counts = new HashMap<>();
    for (String line : Commands.run(command).output().split("\n")) {
      int tab = line.indexOf('\t');
      if (tab > 0 && line.substring(0, tab).chars().allMatch(Character::isDigit)) {
        counts.put(Path.of(line.substring(tab + 1)), Long.parseLong(line.substring(0, tab)));
      }
    }
    return counts;
  }
}
