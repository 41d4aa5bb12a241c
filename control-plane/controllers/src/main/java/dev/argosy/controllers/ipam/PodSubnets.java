package dev.argosy.controllers.ipam;

import java.util.Collection;
import java.util.Optional;

/** The /24 subnets of a /16, by number. */
public record PodSubnets(int first, int second) {

  private static final int COUNT = 256;

  /** 10.244.0.0/16. */
  public static final PodSubnets DEFAULT = new PodSubnets(10, 244);

  public PodSubnets {
    if (first < 1 || first > 223 || second < 0 || second > 255) {
      throw new IllegalArgumentException("no usable /16: " + first + "." + second);
    }
  }

  /** The first that is not taken; empty if all are. */
  Optional<String> free(Collection<String> taken) {
    for (int i = 0; i < COUNT; i++) {
      String cidr = first + "." + second + "." + i + ".0/24";
      if (!taken.contains(cidr)) {
        return Optional.of(cidr);
      }
    }
    return Optional.empty();
  }
}
