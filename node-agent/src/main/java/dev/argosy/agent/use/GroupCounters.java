package dev.argosy.agent.use;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the control group of a process has used. On a machine of version 1 each controller has its
 * own tree, on one of version 2 there is a single one; on one with both, each figure is where its
 * controller is.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/cpuacct.html">CPU Accounting</a>
 */
record GroupCounters(KernelFiles kernel) {

  private static final int NANOS_PER_MICRO = 1000;

  /** Core-nanoseconds since the group was made; empty if the kernel does not tell. */
  OptionalLong cpuNanos(int pid) {
    List<String> groups = groups(pid);
    Optional<Path> own = own(groups, "cpuacct");
    if (own.isPresent()) {
      return KernelFiles.number(own.get().resolve("cpuacct.usage"));
    }
    OptionalLong micros =
        unified(groups)
            .map(group -> KernelFiles.member(group.resolve("cpu.stat"), "usage_usec"))
            .orElse(OptionalLong.empty());
    return micros.isPresent()
        ? OptionalLong.of(micros.getAsLong() * NANOS_PER_MICRO)
        : OptionalLong.empty();
  }

  /** The working set in bytes: all but files that nobody has touched for a while. */
  OptionalLong memory(int pid) {
    List<String> groups = groups(pid);
    Optional<Path> own = own(groups, "memory");
    return own.isPresent()
        ? workingSet(own.get(), "memory.usage_in_bytes", "total_inactive_file")
        : unified(groups)
            .map(group -> workingSet(group, "memory.current", "inactive_file"))
            .orElse(OptionalLong.empty());
  }

  /** Processes and threads. */
  OptionalLong processes(int pid) {
    List<String> groups = groups(pid);
    return own(groups, "pids")
        .or(() -> unified(groups))
        .map(group -> KernelFiles.number(group.resolve("pids.current")))
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong workingSet(Path group, String usage, String idle) {
    OptionalLong all = KernelFiles.number(group.resolve(usage));
    if (all.isEmpty()) {
      return all;
    }
    long droppable = KernelFiles.member(group.resolve("memory.stat"), idle).orElse(0);
    return OptionalLong.of(Math.max(0, all.getAsLong() - droppable));
  }

  private List<String> groups(int pid) {
    return KernelFiles.lines(kernel.ofProcess(pid, "cgroup")).orElse(List.of());
  }

  /**
   * The group in a version 1 controller's own tree. What is in the root has no group of its own.
   */
  private Optional<Path> own(List<String> groups, String controller) {
    for (String line : groups) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3
          && !parts[2].equals("/")
          && List.of(parts[1].split(",")).contains(controller)) {
        return Optional.of(kernel.groups().resolve(controller).resolve(parts[2].substring(1)))
            .filter(Files::isDirectory);
      }
    }
    return Optional.empty();
  }

  private Optional<Path> unified(List<String> groups) {
    for (String line : groups) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[0].equals("0") && !parts[2].equals("/")) {
        Path group = kernel.groups().resolve(parts[2].substring(1));
        Path mixed = kernel.groups().resolve("unified").resolve(parts[2].substring(1));
        return Optional.of(Files.isDirectory(group) ? group : mixed).filter(Files::isDirectory);
      }
    }
    return Optional.empty();
  }
}
