package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Budgets of tenants: an amount of money, and percents of it. */
final class TenantBudgetRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path MONTHLY = SPEC.child("monthly");
  private static final Path ALERT_AT = SPEC.child("alertAt");
  private static final Pattern MONEY = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?");
  private static final int MOST_ALERTS = 10;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    String name = object.path("metadata").path("name").asString("");
    if (name.equals("root")) {
      checks.invalid(Path.of("metadata").child("name"), name, "is the platform's own cluster");
    }
    JsonNode spec = object.path("spec");
    String monthly = spec.path("monthly").asString("");
    if (monthly.isEmpty()) {
      checks.required(MONTHLY, "");
    } else if (!MONEY.matcher(monthly).matches() || !monthly.matches(".*[1-9].*")) {
      checks.invalid(MONTHLY, monthly, "must be an amount of money such as 500 or 499.90");
    }
    alerts(spec.path("alertAt"), checks);
    String whenSpent = spec.path("whenSpent").asString("");
    if (!whenSpent.isEmpty()) {
      checks.oneOf(SPEC.child("whenSpent"), whenSpent, List.of("Alert", "RefuseNew"));
    }
  }

  private static void alerts(JsonNode alerts, Checks checks) {
    if (alerts.size() > MOST_ALERTS) {
      checks.tooMany(ALERT_AT, alerts.size(), MOST_ALERTS);
      return;
    }
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < alerts.size(); i++) {
      checks.range(ALERT_AT.at(i), alerts.get(i), 1, 1000);
      if (!seen.add(alerts.get(i))) {
        checks.duplicate(ALERT_AT.at(i), alerts.get(i));
      }
    }
  }
}
