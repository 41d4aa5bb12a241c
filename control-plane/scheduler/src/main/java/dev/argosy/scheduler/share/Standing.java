package dev.argosy.scheduler.share;

import java.util.Comparator;

/**
 * How a cluster stands beside others that want something; the least comes first.
 *
 * @param tier what kind of claim it has
 * @param share in that tier: how much of its guarantee is used, or what part of all nodes beyond it
 */
record Standing(Tier tier, double share) implements Comparable<Standing> {

  /** Claims, the best first. */
  enum Tier {
    /** The platform itself. */
    SYSTEM,
    /** What its first pod asks for is guaranteed to the tenant. */
    GUARANTEED,
    /** It is not. */
    BORROWED
  }

  static final Standing OF_SYSTEM = new Standing(Tier.SYSTEM, 0);

  private static final Comparator<Standing> ORDER =
      Comparator.comparing(Standing::tier).thenComparingDouble(Standing::share);

  @Override
  public int compareTo(Standing other) {
    return ORDER.compare(this, other);
  }
}
