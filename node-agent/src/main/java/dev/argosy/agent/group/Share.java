package dev.argosy.agent.group;

import java.util.Map;

/**
 * What a group is given; 0 stands for no limit.
 *
 * @param cpuThousandths that its weight stands for
 * @param cpuLimitThousandths at most
 * @param memoryBytes at most
 * @param processes at most
 * @param hugePages bytes at most, by the size of a page such as {@code 2Mi}
 */
record Share(
    long cpuThousandths,
    long cpuLimitThousandths,
    long memoryBytes,
    long processes,
    Map<String, Long> hugePages) {

  /** The least weight that the kernel knows. */
  static final int LEAST_SHARES = 2;

  private static final int MOST_SHARES = 262_144;
  private static final long MOST_WEIGHT = 9999;

  Share {
    cpuThousandths = Math.min(cpuThousandths, MOST_SHARES);
    hugePages = Map.copyOf(hugePages);
  }

  /** Weight in version 1. */
  long shares() {
    return Math.clamp(cpuThousandths * 1024 / 1000, LEAST_SHARES, MOST_SHARES);
  }

  /** Weight in version 2, by the formula of Kubernetes' and runc's. */
  long weight() {
    return 1 + (shares() - LEAST_SHARES) * MOST_WEIGHT / (MOST_SHARES - LEAST_SHARES);
  }

  /** Microseconds per 100 ms. */
  long quota() {
    return cpuLimitThousandths == 0 ? 0 : Math.max(1000, cpuLimitThousandths * 100);
  }

  /** Nothing less than in the other. */
  Share atLeast(Share other) {
    return new Share(
        Math.max(cpuThousandths, other.cpuThousandths),
        most(cpuLimitThousandths, other.cpuLimitThousandths),
        most(memoryBytes, other.memoryBytes),
        most(processes, other.processes),
        hugePages);
  }

  private static long most(long one, long other) {
    return one == 0 || other == 0 ? 0 : Math.max(one, other);
  }
}
