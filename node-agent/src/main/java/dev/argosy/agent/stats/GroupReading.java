package dev.argosy.agent.stats;

/** All that one control group tells. */
record GroupReading(Cpu cpu, Memory memory, Io io, long processes) {

  /** Times in nanoseconds, since the group was made. */
  record Cpu(
      long nanos, long userNanos, long systemNanos, long periods, long throttled, long heldNanos) {}

  /**
   * In bytes, but for faults and failures.
   *
   * @param workingSet all but files that nobody has touched for a while
   * @param failures how often its limit was hit
   */
  record Memory(
      long usage,
      long workingSet,
      long rss,
      long cache,
      long mapped,
      long swap,
      long faults,
      long majorFaults,
      long failures) {}

  /** Bytes from and to disks. */
  record Io(long read, long written) {}
}
