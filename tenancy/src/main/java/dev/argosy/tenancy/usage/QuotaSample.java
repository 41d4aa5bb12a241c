package dev.argosy.tenancy.usage;

import dev.argosy.model.object.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was used of a quota of a tenant at a moment, and what was allowed.
 *
 * @param at a full hour
 * @param used by resource, in cores, bytes or pieces
 */
public record QuotaSample(
    Instant at, Whose whose, Map<String, BigDecimal> used, Map<String, BigDecimal> hard) {

  /**
   * Which quota.
   *
   * @param tenantUid tells the tenant from an earlier one of its name
   */
  public record Whose(String cluster, String tenantUid, String quota) {}

  public QuotaSample {
    used = Map.copyOf(used);
    hard = Map.copyOf(hard);
  }

  /** As the database's function takes them. */
  static String rows(List<QuotaSample> samples) {
    ArrayNode rows = Json.mapper().createArrayNode();
    for (QuotaSample sample : samples) {
      ObjectNode row = rows.addObject();
      row.put("cluster", sample.whose.cluster()).put("tenant_uid", sample.whose.tenantUid());
      row.put("quota", sample.whose.quota());
      write(sample.used, row.putObject("used"));
      write(sample.hard, row.putObject("hard"));
    }
    return rows.toString();
  }

  /** Amounts in the order of their names. */
  public static void write(Map<String, BigDecimal> amounts, ObjectNode to) {
    new TreeMap<>(amounts).forEach(to::put);
  }

  static Map<String, BigDecimal> read(String json) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    Json.mapper()
        .readTree(json)
        .properties()
        .forEach(amount -> amounts.put(amount.getKey(), amount.getValue().decimalValue()));
    return amounts;
  }
}
