package dev.argosy.agent.stats;

import dev.argosy.agent.use.KernelFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The whole machine.
 *
 * @param cpuNanos busy since the boot
 * @param processes with threads, that are there and that there may be
 * @param interfaces of the machine's own, not those of pods
 * @param outside the interface of the default route; empty if there is none
 */
record MachineReading(
    long cpuNanos,
    Memory memory,
    Processes processes,
    List<InterfaceReading> interfaces,
    String outside) {

  /** In bytes, but for faults. */
  record Memory(
      long all,
      long usage,
      long workingSet,
      long rss,
      long swap,
      long freeSwap,
      long faults,
      long majorFaults) {}

  /** Processes and threads. */
  record Processes(long running, long most) {}

  private static final int TICK = 10_000_000;
  private static final int IDLE = 4;
  private static final int WAITING = 5;
  private static final int FIRST_GUEST = 9;
  private static final int RUNNING = 4;

  static MachineReading read(KernelFiles kernel) {
    Path proc = kernel.proc();
    Map<String, Long> info = GroupReader.words(proc.resolve("meminfo"));
    Map<String, Long> events = GroupReader.words(proc.resolve("vmstat"));
    long all = bytes(info, "MemTotal");
    long usage = all - bytes(info, "MemFree");
    long swap = bytes(info, "SwapTotal");
    long freeSwap = bytes(info, "SwapFree");
    return new MachineReading(
        busy(proc),
        new Memory(
            all,
            usage,
            Math.max(0, usage - bytes(info, "Inactive(file)")),
            bytes(info, "AnonPages"),
            swap - freeSwap,
            freeSwap,
            GroupReader.of(events, "pgfault"),
            GroupReader.of(events, "pgmajfault")),
        processes(proc),
        InterfaceReading.read(proc.resolve("net/dev")).stream()
            .filter(one -> !one.name().startsWith("veth") && !one.name().startsWith("argosy"))
            .toList(),
        outside(proc));
  }

  private static long bytes(Map<String, Long> info, String name) {
    return GroupReader.of(info, name) << 10;
  }

  private static long busy(Path proc) {
    for (String line : GroupReader.lines(proc.resolve("stat"))) {
      String[] figures = line.split("\\s+");
      if (figures[0].equals("cpu")) {
        long busy = 0;
        for (int i = 1; i < Math.min(figures.length, FIRST_GUEST); i++) {
          busy += i == IDLE || i == WAITING ? 0 : Long.parseLong(figures[i]);
        }
        return busy * TICK;
      }
    }
    return 0;
  }

  private static Processes processes(Path proc) {
    long most =
        Math.min(
            GroupReader.number(proc.resolve("sys/kernel/pid_max")),
            GroupReader.number(proc.resolve("sys/kernel/threads-max")));
    for (String line : GroupReader.lines(proc.resolve("loadavg"))) {
      String[] load = line.split("[ /]");
      if (load.length > RUNNING) {
        return new Processes(Long.parseLong(load[RUNNING]), most);
      }
    }
    return new Processes(0, most);
  }

  private static String outside(Path proc) {
    for (String line : GroupReader.lines(proc.resolve("net/route"))) {
      String[] parts = line.split("\\s+");
      if (parts.length > 1 && parts[1].equals("00000000")) {
        return parts[0];
      }
    }
    return "";
  }
}
