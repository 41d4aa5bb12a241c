package dev.argosy.tenancy.usage;

import dev.argosy.model.kind.GroupResource;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What a tenant may cost in a month.
 *
 * @param tenant whose it is; the object's name
 * @param monthly in the currency of the price lists
 * @param alertAt percents at which people are told, ascending
 * @param refusesNew whether nothing new is started once it is spent
 */
public record TenantBudget(
    String tenant, BigDecimal monthly, List<Integer> alertAt, boolean refusesNew) {

  public static final GroupResource RESOURCE =
      new GroupResource("tenancy.argosy.dev", "tenantbudgets");

  public TenantBudget {
    alertAt = List.copyOf(alertAt);
    if (monthly.signum() <= 0) {
      throw new IllegalArgumentException("a budget is more than nothing");
    }
  }

  /**
   * Reads a whole TenantBudget object.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TenantBudget of(JsonNode object) {
    JsonNode spec = object.path("spec");
    return new TenantBudget(
        object.path("metadata").path("name").asString(""),
        new BigDecimal(spec.path("monthly").asString("")),
        StreamSupport.stream(spec.path("alertAt").spliterator(), false)
            .map(percent -> percent.asInt(0))
            .sorted()
            .toList(),
        spec.path("whenSpent").asString("").equals("RefuseNew"));
  }
}
