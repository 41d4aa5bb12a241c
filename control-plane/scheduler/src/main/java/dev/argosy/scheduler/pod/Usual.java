package dev.argosy.scheduler.pod;

/**
 * What pods are taken to use, so that those that ask for nothing spread too.
 *
 * @param milliCpu thousandths of a core
 * @param memory bytes
 */
public record Usual(long milliCpu, long memory) {

  public static final Usual NONE = new Usual(0, 0);

  public Usual plus(Usual b) {
    return new Usual(milliCpu + b.milliCpu, memory + b.memory);
  }

  public Usual minus(Usual b) {
    return new Usual(milliCpu - b.milliCpu, memory - b.memory);
  }
}
