package dev.argosy.agent.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** What this process holds: objects that are alive after a collection, threads, open files. */
final class Living {

  private static final String OURS = "dev.argosy.agent.";

  private Living() {}

  /** How many there are of each. */
  static Map<String, Long> count() {
    Map<String, Long> all = new TreeMap<>();
    for (String line : histogram().split("\n")) {
      String[] words = line.strip().split("\\s+");
      boolean counts =
          words.length > 3
              && (words[3].startsWith(OURS) || words[3].equals("java.lang.VirtualThread"));
      if (counts) {
        all.put(words[3], Long.parseLong(words[1]));
      }
    }
    all.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      all.put("open files", open.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static String histogram() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
