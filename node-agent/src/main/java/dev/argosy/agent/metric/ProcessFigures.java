package dev.argosy.agent.metric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The agent's own process, as Prometheus' libraries show theirs.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public final class ProcessFigures {

  private static final double TICKS = 100;
  private static final int PAGE = 4096;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int START = 19;
  private static final int VIRTUAL = 20;
  private static final int RESIDENT = 21;

  private final Path proc;

  /**
   * @param proc {@code /proc}
   */
  public ProcessFigures(Path proc) {
    this.proc = proc;
  }

  /** Writes what can be read. */
  public void writeTo(MetricText text) {
    try {
      String line = Files.readString(proc.resolve("self/stat"));
      String[] figures = line.substring(line.lastIndexOf(')') + 2).split(" ");
      counter(
          text,
          "process_cpu_seconds_total",
          "User and system time spent, in seconds.",
          (Long.parseLong(figures[USER]) + Long.parseLong(figures[SYSTEM])) / TICKS);
      gauge(
          text,
          "process_resident_memory_bytes",
          "Resident memory.",
          Long.parseLong(figures[RESIDENT]) * (double) PAGE);
      gauge(
          text,
          "process_virtual_memory_bytes",
          "Virtual memory.",
          Long.parseLong(figures[VIRTUAL]));
      gauge(
          text,
          "process_start_time_seconds",
          "When the process began, in seconds since 1970.",
          boot() + Long.parseLong(figures[START]) / TICKS);
      gauge(text, "process_open_fds", "Open file descriptors.", descriptors());
      gauge(text, "process_max_fds", "File descriptors at most.", mostDescriptors());
      gauge(text, "process_threads", "Threads of the operating system.", threads());
    } catch (IOException | NumberFormatException e) {
      // what is written stands; a process that cannot read of itself shows less
    }
  }

  private static void gauge(MetricText text, String name, String help, double value) {
    text.family(name, "gauge", help).sample(name, List.of(), List.of(), value);
  }

  private static void counter(MetricText text, String name, String help, double value) {
    text.family(name, "counter", help).sample(name, List.of(), List.of(), value);
  }

  private long boot() throws IOException {
    return number(proc.resolve("stat"), "btime");
  }

  private long threads() throws IOException {
    return number(proc.resolve("self/status"), "Threads:");
  }

  private long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(proc.resolve("self/fd"))) {
      return open.count();
    }
  }

  private long mostDescriptors() throws IOException {
    for (String line : Files.readAllLines(proc.resolve("self/limits"))) {
      if (line.startsWith("Max open files")) {
        String soft = line.substring("Max open files".length()).strip().split("\\s+")[0];
        return soft.equals("unlimited") ? -1 : Long.parseLong(soft);
      }
    }
    return -1;
  }

  private static long number(Path file, String word) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(word)) {
        return Long.parseLong(line.substring(word.length()).strip());
      }
    }
    return 0;
  }
}
