package dev.argosy.console.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A sum of a report.
 *
 * @param at where its time begins; empty if that is all that was asked for
 * @param group what it was told apart by: a namespace, a label's value, a tenant; empty for none
 * @param resource empty if only costs were asked for
 * @param allocated in the unit
 * @param used in the unit; empty if nobody measured it
 */
record UsageLine(
    Optional<Instant> at,
    String group,
    String resource,
    Unit unit,
    BigDecimal allocated,
    Optional<BigDecimal> used,
    Cost cost) {

  /** Together with more of the same. */
  UsageLine plus(UsageLine more) {
    return new UsageLine(
        at,
        group,
        resource,
        unit,
        allocated.add(more.allocated),
        used.map(one -> one.add(more.used.orElse(BigDecimal.ZERO))).or(more::used),
        cost.plus(more.cost));
  }
}
