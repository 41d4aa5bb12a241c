package dev.argosy.server.debug;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/** Asks the virtual machine about itself. */
final class Machine {

  private static final int CLASSES = 60;

  private Machine() {}

  /** A dump of all threads; virtual ones as far as they are known to their executors. */
  static String threads() throws IOException {
    Path folder = Files.createTempDirectory("argosy-debug");
    Path file = folder.resolve("threads.txt");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      return Files.readString(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** Memory pools, and a histogram of classes. This stops the world for a moment. */
  static String heap() {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%-36s %15s %15s %15s%n", "POOL", "USED", "COMMITTED", "MAX"));
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getUsage();
      text.append(
          String.format(
              "%-36s %15d %15d %15d%n",
              pool.getName(), usage.getUsed(), usage.getCommitted(), usage.getMax()));
    }
    histogram().lines().limit(CLASSES).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static String histogram() {
    try {
      Object answer =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return String.valueOf(answer);
    } catch (JMException e) {
      return "this virtual machine tells nothing of its classes: " + e.getMessage();
    }
  }
}
