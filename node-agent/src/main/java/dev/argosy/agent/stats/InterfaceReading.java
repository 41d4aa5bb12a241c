package dev.argosy.agent.stats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network interface.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5)</a>
 */
record InterfaceReading(String name, Way received, Way sent) {

  private static final int COLUMNS = 12;
  private static final int SENT = 8;

  /** One direction. */
  record Way(long bytes, long packets, long errors, long dropped) {}

  /** All of a file {@code net/dev}, but loopback. */
  static List<InterfaceReading> read(Path file) {
    List<InterfaceReading> found = new ArrayList<>();
    for (String line : GroupReader.lines(file)) {
      int colon = line.indexOf(':');
      String[] figures = line.substring(colon + 1).strip().split("\\s+");
      String name = colon < 0 ? "lo" : line.substring(0, colon).strip();
      if (!name.equals("lo") && figures.length >= COLUMNS) {
        found.add(new InterfaceReading(name, way(figures, 0), way(figures, SENT)));
      }
    }
    return found;
  }

  private static Way way(String[] figures, int from) {
    return new Way(
        parse(figures[from]),
        parse(figures[from + 1]),
        parse(figures[from + 2]),
        parse(figures[from + 3]));
  }

  private static long parse(String text) {
    return text.chars().allMatch(Character::isDigit) && !text.isEmpty() ? Long.parseLong(text) : 0;
  }
}
