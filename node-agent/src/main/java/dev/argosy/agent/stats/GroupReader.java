package dev.argosy.agent.stats;

import dev.argosy.agent.use.GroupFolders;
import dev.argosy.agent.use.GroupFolders.Folder;
import dev.argosy.agent.use.KernelFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the control group of a process, of either version. What is not there is 0. */
record GroupReader(GroupFolders folders) {

  private static final long MICRO = 1_000;
  private static final long TICK = 10_000_000;

  GroupReader(KernelFiles kernel) {
    this(new GroupFolders(kernel));
  }

  /** Empty if the process is gone. */
  Optional<GroupReading> read(int pid) {
    Optional<Folder> cpu = folders.of(pid, "cpuacct");
    Optional<Folder> memory = folders.of(pid, "memory");
    if (cpu.isEmpty() && memory.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new GroupReading(
            cpu.map(folder -> cpu(folder, pid)).orElse(new GroupReading.Cpu(0, 0, 0, 0, 0, 0)),
            memory
                .map(GroupReader::memory)
                .orElse(new GroupReading.Memory(0, 0, 0, 0, 0, 0, 0, 0, 0)),
            io(pid),
            folders
                .of(pid, "pids")
                .map(folder -> number(folder.path().resolve("pids.current")))
                .orElse(0L)));
  }

  private GroupReading.Cpu cpu(Folder folder, int pid) {
    if (!folder.own()) {
      Map<String, Long> stat = words(folder.path().resolve("cpu.stat"));
      return new GroupReading.Cpu(
          of(stat, "usage_usec") * MICRO,
          of(stat, "user_usec") * MICRO,
          of(stat, "system_usec") * MICRO,
          of(stat, "nr_periods"),
          of(stat, "nr_throttled"),
          of(stat, "throttled_usec") * MICRO);
    }
    Map<String, Long> ticks = words(folder.path().resolve("cpuacct.stat"));
    Map<String, Long> held =
        folders.of(pid, "cpu").map(f -> words(f.path().resolve("cpu.stat"))).orElse(Map.of());
    return new GroupReading.Cpu(
        number(folder.path().resolve("cpuacct.usage")),
        of(ticks, "user") * TICK,
        of(ticks, "system") * TICK,
        of(held, "nr_periods"),
        of(held, "nr_throttled"),
        of(held, "throttled_time"));
  }

  private static GroupReading.Memory memory(Folder folder) {
    Path group = folder.path();
    Map<String, Long> stat = words(group.resolve("memory.stat"));
    boolean own = folder.own();
    long usage = number(group.resolve(own ? "memory.usage_in_bytes" : "memory.current"));
    long idle = of(stat, own ? "total_inactive_file" : "inactive_file");
    return new GroupReading.Memory(
        usage,
        Math.max(0, usage - idle),
        of(stat, own ? "total_rss" : "anon"),
        of(stat, own ? "total_cache" : "file"),
        of(stat, own ? "total_mapped_file" : "file_mapped"),
        own ? of(stat, "total_swap") : number(group.resolve("memory.swap.current")),
        of(stat, own ? "total_pgfault" : "pgfault"),
        of(stat, own ? "total_pgmajfault" : "pgmajfault"),
        own
            ? number(group.resolve("memory.failcnt"))
            : of(words(group.resolve("memory.events")), "max"));
  }

  private GroupReading.Io io(int pid) {
    long read = 0;
    long written = 0;
    Optional<Folder> folder = folders.of(pid, "blkio");
    String file =
        folder.map(f -> f.own() ? "blkio.throttle.io_service_bytes" : "io.stat").orElse("");
    for (String line : folder.map(f -> lines(f.path().resolve(file))).orElse(List.of())) {
      String[] parts = line.split("\\s+");
      for (int i = 1; i < parts.length; i++) {
        if (parts[i].startsWith("rbytes=")) {
          read += parse(parts[i].substring("rbytes=".length()));
        } else if (parts[i].startsWith("wbytes=")) {
          written += parse(parts[i].substring("wbytes=".length()));
        } else if (parts[i].equals("Read") && i + 1 < parts.length) {
          read += parse(parts[i + 1]);
        } else if (parts[i].equals("Write") && i + 1 < parts.length) {
          written += parse(parts[i + 1]);
        }
      }
    }
    return new GroupReading.Io(read, written);
  }

  static List<String> lines(Path file) {
    return KernelFiles.lines(file).orElse(List.of());
  }

  /** A file of lines {@code WORD NUMBER}, with or without a colon. */
  static Map<String, Long> words(Path file) {
    Map<String, Long> words = new HashMap<>();
    for (String line : lines(file)) {
      String[] parts = line.strip().split("[:\\s]+");
      if (parts.length > 1) {
        words.put(parts[0], parse(parts[1]));
      }
    }
    return words;
  }

  static long of(Map<String, Long> words, String word) {
    return words.getOrDefault(word, 0L);
  }

  static long number(Path file) {
    OptionalLong number = KernelFiles.number(file);
    return number.orElse(0);
  }

  private static long parse(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
