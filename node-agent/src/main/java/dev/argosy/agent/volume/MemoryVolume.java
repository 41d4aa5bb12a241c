package dev.argosy.agent.volume;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An emptyDir in memory: a tmpfs. */
final class MemoryVolume {

  private MemoryVolume() {}

  static void mount(Path path, long sizeBytes) throws IOException {
    if (mounted(path)) {
      return;
    }
    String options = "mode=0777" + (sizeBytes > 0 ? ",size=" + sizeBytes : "");
    Outcome outcome =
        Commands.run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString()));
    if (!outcome.ok()) {
      throw new IOException("cannot mount a memory volume: " + outcome.output());
    }
  }

  static void unmount(Path path) throws IOException {
    if (mounted(path)) {
      Commands.run(List.of("umount", "-l", path.toString()));
    }
  }

  private static boolean mounted(Path path) throws IOException {
    String wanted = " " + path.toAbsolutePath() + " ";
    return Files.readAllLines(Path.of("/proc/mounts")).stream().anyMatch(l -> l.contains(wanted));
  }
}
