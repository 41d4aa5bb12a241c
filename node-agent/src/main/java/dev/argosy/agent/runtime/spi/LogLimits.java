package dev.argosy.agent.runtime.spi;

/**
 * How much of each container's log is kept: what is longer than a file may be goes on in the next
 * one, and the oldest are removed. Kubelet's {@code containerLogMaxSize} and {@code
 * containerLogMaxFiles}, with its defaults.
 *
 * @param bytes of one file, about
 * @param files at most, with the one that is written to
 */
public record LogLimits(long bytes, int files) {

  public static final LogLimits DEFAULT = new LogLimits(10 << 20, 5);

  private static final long LEAST = 4096;

  public LogLimits {
    if (bytes < LEAST) {
      throw new IllegalArgumentException(
          "--container-log-max-size is at least " + LEAST + " bytes, for example 10Mi");
    }
    if (files < 2) {
      throw new IllegalArgumentException(
          "--container-log-max-files is at least 2: a log is read while it is rotated");
    }
  }
}
