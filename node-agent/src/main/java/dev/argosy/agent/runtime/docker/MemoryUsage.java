package dev.argosy.agent.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the group of a process uses, from the kernel's files: the engine's own answer takes a
 * second.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
final class MemoryUsage {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private MemoryUsage() {}

  /** Bytes; 0 if the kernel does not tell. */
  static long ofProcess(int pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Integer.toString(pid), "cgroup"))) {
        String[] parts = line.split(":", 3);
        if (parts.length == 3 && parts[1].equals("memory")) {
          return read(GROUPS.resolve("memory" + parts[2]).resolve("memory.usage_in_bytes"));
        }
        if (parts.length == 3 && parts[0].equals("0") && !parts[2].equals("/")) {
          Path current = GROUPS.resolve(parts[2].substring(1)).resolve("memory.current");
          if (Files.exists(current)) {
            return read(current);
          }
        }
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static long read(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }
}
