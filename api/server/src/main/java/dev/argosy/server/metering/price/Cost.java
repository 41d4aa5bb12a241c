package dev.argosy.server.metering.price;

import java.math.BigDecimal;

/**
 * What something costs.
 *
 * @param own of what was allocated and used
 * @param idle its part of what nobody was allocated
 * @param shared its part of what the platform itself was allocated; negative where the platform
 *     gives that away
 */
public record Cost(BigDecimal own, BigDecimal idle, BigDecimal shared) {

  public static final Cost NOTHING = new Cost(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  Cost plus(Cost more) {
    return new Cost(own.add(more.own), idle.add(more.idle), shared.add(more.shared));
  }

  /** All of it. */
  public BigDecimal total() {
    return own.add(idle).add(shared);
  }
}
