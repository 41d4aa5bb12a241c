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
 * @param used in unit-seconds; empty if nobody measured it
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
}
