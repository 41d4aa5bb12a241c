package dev.argosy.tenancy.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Usage summed up.
 *
 * @param at where its time begins; empty if that is all that was asked for
 * @param groups in the order in which they were asked for
 * @param allocated in unit-seconds
 * @param used in unit-seconds, of networks in bytes; empty if nobody measured it
 */
public record UsageSum(
    Optional<Instant> at,
    List<String> groups,
    String resource,
    BigDecimal allocated,
    Optional<BigDecimal> used) {
  public UsageSum {
    groups = List.copyOf(groups);
  }

  /** The same in other groups. */
  public UsageSum withGroups(List<String> others) {
    return new UsageSum(at, others, resource, allocated, used);
  }

  /** Together with more of the same; what is used counts as far as it was measured. */
  public UsageSum plus(UsageSum more) {
    return new UsageSum(
        at,
        groups,
        resource,
        allocated.add(more.allocated),
        used.map(one -> one.add(more.used.orElse(BigDecimal.ZERO))).or(more::used));
  }
}
