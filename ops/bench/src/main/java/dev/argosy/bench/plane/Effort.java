package dev.argosy.bench.plane;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * Processor time since this was made: unlike rates it says something on a busy machine, too.
 *
 * @param process of the whole process, nanoseconds at the beginning
 * @param thread of platform threads of a name, the same
 */
public record Effort(String name, long process, long thread) {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** From now on; threads that begin later count as well. */
  public static Effort begin(String threadName) {
    return new Effort(threadName, ofProcess(), ofThreads(threadName));
  }

  /** Microseconds of the process for each of so many things. */
  public double micros(int things) {
    return (ofProcess() - process) / 1e3 / things;
  }

  /** Microseconds of the threads for each of so many things. */
  public double threadMicros(int things) {
    return (ofThreads(name) - thread) / 1e3 / things;
  }

  /** Milliseconds of the process, all together. */
  public double millis() {
    return (ofProcess() - process) / 1e6;
  }

  private static long ofProcess() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long ofThreads(String name) {
    long time = 0;
    for (long id : THREADS.getAllThreadIds()) {
      ThreadInfo thread = THREADS.getThreadInfo(id);
      if (thread != null && thread.getThreadName().equals(name)) {
        time += Math.max(0, THREADS.getThreadCpuTime(id));
      }
    }
    return time;
  }
}
