package dev.argosy.server.metering;

import dev.argosy.model.object.Json;
import dev.argosy.server.metering.price.Cost;
import dev.argosy.server.metering.price.PricedSum;
import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageQuery.ByLabel;
import dev.argosy.tenancy.usage.UsageQuery.Grouping;
import dev.argosy.tenancy.usage.UsageSum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is answered to a question about usage.
 *
 * @param until when it was asked: what goes on counts up to then
 * @param currency of its costs; empty if it is not about costs
 */
record UsageReport(
    UsageQuery query, Instant until, Optional<String> currency, List<PricedSum> sums) {

  private static final int DECIMALS = 6;

  UsageReport {
    sums = List.copyOf(sums);
  }

  /** One that is not about costs. */
  static UsageReport of(UsageQuery query, Instant until, List<UsageSum> sums) {
    return new UsageReport(
        query,
        until,
        Optional.empty(),
        sums.stream().map(sum -> new PricedSum(sum, Cost.NOTHING)).toList());
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
    currency.ifPresent(name -> json.put("currency", name));
    ArrayNode items = json.putArray("items");
    for (PricedSum sum : sums) {
      ObjectNode item = items.addObject();
      write(sum.sum(), item);
      if (currency.isPresent()) {
        write(sum.cost(), item);
      }
    }
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

  private static void write(Cost cost, ObjectNode item) {
    item.put("cost", money(cost.own()));
    item.put("idleCost", money(cost.idle()));
    item.put("sharedCost", money(cost.shared()));
    item.put("totalCost", money(cost.total()));
  }

  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("from"));
    query.by().forEach(by -> columns.add(UsageAsked.name(by)));
    columns.addAll(List.of("resource", "unit", "allocated", "used"));
    if (currency.isPresent()) {
      columns.addAll(List.of("cost", "idleCost", "sharedCost", "totalCost", "currency"));
    }
    return columns;
  }

  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (PricedSum priced : sums) {
      UsageSum sum = priced.sum();
      List<String> row = new ArrayList<>(List.of(sum.at().orElse(query.from()).toString()));
      row.addAll(sum.groups());
      row.add(sum.resource());
      row.add(Units.of(sum.resource()));
      row.add(plain(sum.allocated()).toPlainString());
      row.add(sum.used().map(used -> plain(used).toPlainString()).orElse(""));
      currency.ifPresent(name -> row.addAll(cells(priced.cost(), name)));
      rows.add(row);
    }
    return rows;
  }

  private static List<String> cells(Cost cost, String currency) {
    return List.of(
        money(cost.own()).toPlainString(),
        money(cost.idle()).toPlainString(),
        money(cost.shared()).toPlainString(),
        money(cost.total()).toPlainString(),
        currency);
  }

  private static BigDecimal money(BigDecimal amount) {
    return plain(amount.setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
