package dev.argosy.model.use;

/**
 * What an instance has used since it began, and the memory that it has now.
 *
 * @param cpuNanos core-nanoseconds
 * @param memoryBytes the working set: memory that cannot be dropped at once
 * @param receivedBytes of the pod's interfaces but loopback
 * @param sentBytes likewise
 */
public record Counters(long cpuNanos, long memoryBytes, long receivedBytes, long sentBytes) {

  public static final Counters NONE = new Counters(0, 0, 0, 0);

  public Counters {
    if (cpuNanos < 0 || memoryBytes < 0 || receivedBytes < 0 || sentBytes < 0) {
      throw new IllegalArgumentException("counters are never negative");
    }
  }

  /** Together with another one's. */
  public Counters plus(Counters other) {
    return new Counters(
        sum(cpuNanos, other.cpuNanos),
        sum(memoryBytes, other.memoryBytes),
        sum(receivedBytes, other.receivedBytes),
        sum(sentBytes, other.sentBytes));
  }

  /** What two liars say together is no more than one can. */
  private static long sum(long one, long other) {
    return one + other < 0 ? Long.MAX_VALUE : one + other;
  }
}
