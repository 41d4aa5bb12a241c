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
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is answered to a question about usage.
 *
 * @param until when it was asked: what goes on counts up to then
 * @param telling what it tells of each sum
 */
record UsageReport(UsageQuery query, Instant until, Telling telling, List<PricedSum> sums) {

  private static final int DECIMALS = 6;

  UsageReport {
    sums = List.copyOf(sums);
  }

  /**
   * What a report tells.
   *
   * @param labels by which it could have been asked
   * @param priced whether there are price lists
   * @param currency of its costs; empty if it is not about costs
   * @param amounts whether it is about amounts
   */
  record Telling(Set<String> labels, boolean priced, Optional<String> currency, boolean amounts) {}

  /** What is told of sums without a price. */
  static List<PricedSum> unpriced(List<UsageSum> sums) {
    return sums.stream().map(sum -> new PricedSum(sum, Cost.NOTHING)).toList();
  }

  private Optional<String> currency() {
    return telling.currency();
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
    ArrayNode labels = json.putArray("labelKeys");
    telling.labels().forEach(labels::add);
    json.put("priced", telling.priced());
    currency().ifPresent(name -> json.put("currency", name));
    ArrayNode items = json.putArray("items");
    for (PricedSum sum : sums) {
      ObjectNode item = items.addObject();
      write(sum.sum(), item);
      if (currency().isPresent()) {
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
    if (!telling.amounts()) {
      return;
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
    if (telling.amounts()) {
      columns.addAll(List.of("resource", "unit", "allocated", "used"));
    }
    if (currency().isPresent()) {
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
      if (telling.amounts()) {
        row.addAll(cells(sum));
      }
      currency().ifPresent(name -> row.addAll(cells(priced.cost(), name)));
      rows.add(row);
    }
    return rows;
  }

  private static List<String> cells(UsageSum sum) {
    return List.of(
        sum.resource(),
        Units.of(sum.resource()),
        plain(sum.allocated()).toPlainString(),
        sum.used().map(used -> plain(used).toPlainString()).orElse(""));
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
