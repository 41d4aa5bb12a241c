package dev.argosy.server.metering.budget;

import dev.argosy.model.object.Json;
import dev.argosy.tenancy.usage.TenantBudget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tenant has spent of its budget in a month.
 *
 * @param currency of the amounts
 */
record Spending(TenantBudget budget, YearMonth month, BigDecimal spent, String currency) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  static final String EXCEEDED = "Exceeded";

  int percent() {
    return spent
        .multiply(HUNDRED)
        .divide(budget.monthly(), 0, RoundingMode.DOWN)
        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
        .intValue();
  }

  /** The highest alert that is reached; 0 for none. */
  int reached() {
    return budget.alertAt().stream().filter(alert -> alert <= percent()).reduce(0, Math::max);
  }

  boolean exceeded() {
    return spent.compareTo(budget.monthly()) >= 0;
  }

  boolean refusing() {
    return budget.refusesNew() && exceeded();
  }

  /**
   * Whether people must be told: something is reached or is no more, or what they know is more than
   * a hundredth of the budget away from the truth.
   */
  boolean news(JsonNode object) {
    JsonNode told = object.path("status");
    return !told.path("month").asString("").equals(month.toString())
        || told.path("reached").asInt(0) != reached()
        || told.path("refusing").asBoolean(false) != refusing()
        || !told.path("currency").asString("").equals(currency)
        || told.path("conditions").path(0).path("observedGeneration").asLong(0)
            != object.path("metadata").path("generation").asLong(0)
        || far(told.path("spent").asString("0"));
  }

  private boolean far(String told) {
    try {
      return new BigDecimal(told)
              .subtract(spent)
              .abs()
              .multiply(HUNDRED)
              .compareTo(budget.monthly())
          >= 0;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /** The object with this as its status. */
  ObjectNode tell(JsonNode object, Instant now) {
    ObjectNode told = object.deepCopy().asObject();
    JsonNode before = told.path("status").path("conditions").path(0);
    ObjectNode status = told.putObject("status");
    status.put("month", month.toString());
    status.put("spent", spentText());
    status.put("currency", currency);
    status.put("reached", reached());
    status.put("refusing", refusing());
    String holds = exceeded() ? "True" : "False";
    boolean same = before.path("status").asString("").equals(holds);
    status
        .putArray("conditions")
        .add(
            Json.object()
                .put("type", EXCEEDED)
                .put("status", holds)
                .put("reason", exceeded() ? "BudgetSpent" : "WithinBudget")
                .put("message", sentence())
                .put("observedGeneration", object.path("metadata").path("generation").asLong(0))
                .put(
                    "lastTransitionTime",
                    same
                        ? before.path("lastTransitionTime").asString("")
                        : now.truncatedTo(ChronoUnit.SECONDS).toString()));
    return told;
  }

  String sentence() {
    return "tenant "
        + budget.tenant()
        + " has spent "
        + spentText()
        + " of "
        + budget.monthly().toPlainString()
        + " "
        + currency
        + " in "
        + month
        + " ("
        + percent()
        + "%)";
  }

  private String spentText() {
    return spent.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
