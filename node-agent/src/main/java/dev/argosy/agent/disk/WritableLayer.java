package dev.argosy.agent.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a running container writes what it changes of its image: the upper folder of the overlay
 * that is its root, as the kernel tells. So it is the same for all engines.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">Overlay Filesystem</a>
 */
public final class WritableLayer {

  private static final String UPPER = "upperdir=";

  private WritableLayer() {}

  /** Of the process with that id; empty if it is gone, or its root is no overlay. */
  public static Optional<Path> of(Path proc, int pid) {
    try {
      for (String line : Files.readAllLines(proc.resolve(pid + "/mountinfo"))) {
        String[] words = line.split(" ");
        if (words.length > 4 && words[4].equals("/")) {
          return upper(words[words.length - 1]);
        }
      }
    } catch (IOException gone) {
      // as it may be at any time
    }
    return Optional.empty();
  }

  private static Optional<Path> upper(String options) {
    for (String option : options.split(",")) {
      if (option.startsWith(UPPER + "/")) {
        return Optional.of(Path.of(option.substring(UPPER.length())));
      }
    }
    return Optional.empty();
  }
}
