package dev.argosy.server.metering;

import dev.argosy.model.object.Json;
import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageQuery.ByLabel;
import dev.argosy.tenancy.usage.UsageQuery.Grouping;
import dev.argosy.tenancy.usage.UsageSum;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is answered to a question about usage.
 *
 * @param until when it was asked: what goes on counts up to then
 */
record UsageReport(UsageQuery query, Instant until, List<UsageSum> sums) {

  UsageReport {
    sums = List.copyOf(sums);
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("apiVersion", "metering.argosy.dev/v1").put("kind", "UsageReport");
    json.put("from", query.from().toString());
    json.put("to", query.until().toString());
    json.put("countedUntil", until.toString());
    json.put("step", query.step().name().toLowerCase(Locale.ROOT));
    ArrayNode by = json.putArray("by");
    query.by().forEach(grouping -> by.add(UsageAsked.name(grouping)));
    ArrayNode items = json.putArray("items");
    sums.forEach(sum -> write(sum, items.addObject()));
    return json;
  }

  private void write(UsageSum sum, ObjectNode item) {
    sum.at().ifPresent(at -> item.put("from", at.toString()));
    for (int i = 0; i < sum.groups().size(); i++) {
      Grouping by = query.by().get(i);
      if (by instanceof ByLabel(String key)) {
        item.withObjectProperty("labels").put(key, sum.groups().get(i));
      } else {
        item.put(UsageAsked.name(by), sum.groups().get(i));
      }
    }
    item.put("resource", sum.resource()).put("unit", Units.of(sum.resource()));
    item.put("allocated", plain(sum.allocated()));
    sum.used().ifPresent(used -> item.put("used", plain(used)));
  }

  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("from"));
    query.by().forEach(by -> columns.add(UsageAsked.name(by)));
    columns.addAll(List.of("resource", "unit", "allocated", "used"));
    return columns;
  }

  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (UsageSum sum : sums) {
      List<String> row = new ArrayList<>(List.of(sum.at().orElse(query.from()).toString()));
      row.addAll(sum.groups());
      row.add(sum.resource());
      row.add(Units.of(sum.resource()));
      row.add(plain(sum.allocated()).toPlainString());
      row.add(sum.used().map(used -> plain(used).toPlainString()).orElse(""));
      rows.add(row);
    }
    return rows;
  }

  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
