package dev.argosy.agent.use;

import dev.argosy.agent.use.GroupFolders.Folder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the control group of a process has used.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/cpuacct.html">CPU Accounting</a>
 */
record GroupCounters(KernelFiles kernel) {

  private static final int NANOS_PER_MICRO = 1000;

  private Optional<Folder> folder(int pid, String controller) {
    return new GroupFolders(kernel).of(pid, controller);
  }

  /** Core-nanoseconds since the group was made; empty if the kernel does not tell. */
  OptionalLong cpuNanos(int pid) {
    Optional<Folder> folder = folder(pid, "cpuacct");
    if (folder.isEmpty()) {
      return OptionalLong.empty();
    }
    Path group = folder.get().path();
    if (folder.get().own()) {
      return KernelFiles.number(group.resolve("cpuacct.usage"));
    }
    OptionalLong micros = KernelFiles.member(group.resolve("cpu.stat"), "usage_usec");
    return micros.isPresent()
        ? OptionalLong.of(micros.getAsLong() * NANOS_PER_MICRO)
        : OptionalLong.empty();
  }

  /** The working set in bytes: all but files that nobody has touched for a while. */
  OptionalLong memory(int pid) {
    return folder(pid, "memory")
        .map(folder ->
            folder.own()
                ? workingSet(folder.path(), "memory.usage_in_bytes", "total_inactive_file")
                : workingSet(folder.path(), "memory.current", "inactive_file"))
        .orElse(OptionalLong.empty());
  }

  /** Processes and threads. */
  OptionalLong processes(int pid) {
    return folder(pid, "pids")
        .map(folder -> KernelFiles.number(folder.path().resolve("pids.current")))
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
}
