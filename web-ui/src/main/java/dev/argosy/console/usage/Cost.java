package dev.argosy.console.usage;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * What something costs, in the currency of the price lists.
 *
 * @param own of what was allocated and used
 * @param idle its part of what nobody was allocated
 * @param shared its part of what the platform itself was allocated
 */
record Cost(BigDecimal own, BigDecimal idle, BigDecimal shared) {

  static final Cost NOTHING = new Cost(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  /** As a report's item says it. */
  static Cost in(JsonNode item) {
    return new Cost(
        amount(item.path("cost")), amount(item.path("idleCost")), amount(item.path("sharedCost")));
  }

  static BigDecimal amount(JsonNode field) {
    return field.isNumber() ? field.decimalValue() : BigDecimal.ZERO;
  }

  Cost plus(Cost more) {
    return new Cost(own.add(more.own), idle.add(more.idle), shared.add(more.shared));
  }

  BigDecimal total() {
    return own.add(idle).add(shared);
  }
}
