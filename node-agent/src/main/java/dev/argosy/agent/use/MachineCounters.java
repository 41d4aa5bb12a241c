package dev.argosy.agent.use;

import dev.argosy.model.use.Counters;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/**
 * What all of the machine uses.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
 */
record MachineCounters(KernelFiles kernel) {

  /** The kernel counts in hundredths of a second for programs, whatever it does inside. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int IDLE = 4;
  private static final int WAITING = 5;
  private static final int FIRST_GUEST = 9;

  /** CPU since the boot, and memory that is in use and cannot be dropped at once. */
  Counters now() {
    long memory = meminfo("MemTotal:") - meminfo("MemFree:") - meminfo("Inactive(file):");
    return new Counters(busyTicks() * NANOS_PER_TICK, Math.max(0, memory), 0, 0);
  }

  /** In milliseconds since the boot. */
  long uptime() throws IOException {
    for (String line : KernelFiles.lines(kernel.proc().resolve("uptime")).orElse(List.of())) {
      return new BigDecimal(line.strip().split(" ")[0]).movePointRight(3).longValue();
    }
    throw new IOException("the kernel does not tell its uptime");
  }

  String boot() throws IOException {
    return KernelFiles.lines(kernel.proc().resolve("sys/kernel/random/boot_id"))
        .filter(lines -> !lines.isEmpty())
        .map(List::getFirst)
        .orElseThrow(() -> new IOException("the kernel does not tell its boot"));
  }

  /** Of the line {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}. */
  private long busyTicks() {
    for (String line : KernelFiles.lines(kernel.proc().resolve("stat")).orElse(List.of())) {
      String[] figures = line.split("\\s+");
      if (figures[0].equals("cpu")) {
        long busy = 0;
        for (int i = 1; i < Math.min(figures.length, FIRST_GUEST); i++) {
          busy += i == IDLE || i == WAITING ? 0 : KernelFiles.parse(figures[i]).orElse(0);
        }
        return busy;
      }
    }
    return 0;
  }

  private long meminfo(String name) {
    OptionalLong kibibytes = KernelFiles.member(kernel.proc().resolve("meminfo"), name);
    return kibibytes.orElse(0) << 10;
  }
}
