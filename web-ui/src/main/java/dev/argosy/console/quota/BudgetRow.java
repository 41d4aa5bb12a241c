package dev.argosy.console.quota;

import dev.argosy.console.layout.Health;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a tenant may cost in a month, and what of it is spent.
 *
 * @param spent empty if it was not looked at yet
 * @param alertAt percents at which people are told
 * @param refuses whether nothing new is taken once all is spent
 * @param refusing whether that is so now
 */
record BudgetRow(
    ObjectKey key,
    String monthly,
    String month,
    String spent,
    String currency,
    List<Integer> alertAt,
    boolean refuses,
    boolean refusing) {

  BudgetRow {
    alertAt = List.copyOf(alertAt);
  }

  static BudgetRow of(ApiObject object) {
    JsonNode spec = object.tree().path("spec");
    JsonNode status = object.tree().path("status");
    List<Integer> percents = new ArrayList<>();
    spec.path("alertAt").forEach(percent -> percents.add(percent.asInt(0)));
    return new BudgetRow(
        object.key(),
        spec.path("monthly").asString(""),
        status.path("month").asString(""),
        status.path("spent").asString(""),
        status.path("currency").asString(""),
        percents,
        spec.path("whenSpent").asString("").equals("RefuseNew"),
        status.path("refusing").asBoolean(false));
  }

  double share() {
    return Amount.share(spent, monthly);
  }

  /** What it may cost each month; empty if that is no amount. */
  Optional<BigDecimal> amount() {
    return Amount.of(monthly);
  }

  Health health() {
    return refusing ? Health.BAD : share() >= 1 ? Health.WARNING : Health.GOOD;
  }

  String state() {
    return refusing ? "Refuses what is new" : share() >= 1 ? "Spent" : "Within";
  }

  private String alert(int percent) {
    return percent + " %" + (share() * 100 >= percent ? " (reached)" : "");
  }

  String alerts() {
    return alertAt.isEmpty()
        ? "none"
        : String.join(", ", alertAt.stream().sorted().map(this::alert).toList());
  }
}
