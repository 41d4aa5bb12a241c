package dev.argosy.console.preview;

import dev.argosy.model.client.fake.FakeDocument;
import dev.argosy.model.object.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /usage} as the API does. Whatever time is asked for was used the same: 1,234.5
 * core-hours and so on, evenly over its parts.
 */
final class DemoUsage implements FakeDocument {

  private static final List<String> LABELS = List.of("app.kubernetes.io/name", "team");
  private static final long GIB = 1L << 30;

  /** Of a resource in a time: in the units of the API. */
  private record Amount(
      String resource, String unit, double allocated, double used, double price) {}

  private static final List<Amount> ALL =
      List.of(
          new Amount("cpu", "core-seconds", 1234.5 * 3600, 431.25 * 3600, 0.1),
          new Amount("memory", "byte-seconds", 4096.0 * GIB * 3600, 1024.0 * GIB * 3600, 0.01),
          new Amount("nvidia.com/gpu", "seconds", 24 * 3600, -1, 50),
          new Amount("storage", "byte-seconds", 7200.0 * GIB * 3600, -1, 0.002),
          new Amount("network.out", "bytes", 0, 3.5 * GIB, 0),
          new Amount("loadbalancers", "seconds", 720 * 3600, -1, 0.3),
          new Amount("addresses", "seconds", 720 * 3600, -1, 0),
          new Amount("pods", "seconds", 3000 * 3600, -1, 0));

  private final Clock clock;
  private final boolean priced;
  private final boolean empty;

  private DemoUsage(Clock clock, boolean priced, boolean empty) {
    this.clock = clock;
    this.priced = priced;
    this.empty = empty;
  }

  static DemoUsage priced(Clock clock) {
    return new DemoUsage(clock, true, false);
  }

  static DemoUsage free(Clock clock) {
    return new DemoUsage(clock, false, false);
  }

  static DemoUsage nothing(Clock clock) {
    return new DemoUsage(clock, true, true);
  }

  @Override
  public String of(String cluster, Map<String, String> query) {
    if (query.getOrDefault("format", "json").equals("csv")) {
      return "from,resource,unit,allocated,used\r\n" + query.get("from") + ",cpu\r\n";
    }
    String cost = query.getOrDefault("cost", "");
    ObjectNode report = Json.object();
    report.put("countedUntil", clock.instant().toString()).put("priced", priced);
    ArrayNode labels = report.putArray("labelKeys");
    LABELS.forEach(labels::add);
    boolean costs = priced && !cost.isEmpty();
    if (costs) {
      report.put("currency", "EUR");
    }
    ArrayNode items = report.putArray("items");
    if (empty) {
      return text(report);
    }
    List<Instant> times = times(query);
    List<String> groups = groups(query.getOrDefault("by", ""));
    List<String> wanted = List.of(query.getOrDefault("resource", "").split(","));
    for (Instant time : times) {
      for (int g = 0; g < groups.size(); g++) {
        double share = share(g, groups.size()) / times.size();
        for (Amount amount : ALL) {
          if (wanted.contains("") || wanted.contains(amount.resource())) {
            ObjectNode item = items.addObject();
            if (query.containsKey("step")) {
              item.put("from", time.toString());
            }
            group(item, query.getOrDefault("by", ""), groups.get(g));
            fill(item, amount, share, costs, cost.equals("only"));
          }
        }
      }
    }
    return text(report);
  }

  private static String text(ObjectNode report) {
    return new String(Json.canonical(report), StandardCharsets.UTF_8);
  }

  private static void group(ObjectNode item, String by, String group) {
    if (by.startsWith("label:")) {
      item.putObject("labels").put(by.substring("label:".length()), group);
    } else if (!by.isEmpty()) {
      item.put(by, group);
    }
  }

  private static void fill(
      ObjectNode item, Amount amount, double share, boolean costs, boolean only) {
    if (!only) {
      item.put("resource", amount.resource()).put("unit", amount.unit());
      item.put("allocated", BigDecimal.valueOf(amount.allocated() * share));
      if (amount.used() >= 0) {
        item.put("used", BigDecimal.valueOf(amount.used() * share));
      }
    }
    if (costs) {
      double size = amount.unit().startsWith("byte") ? 3600.0 * GIB : 3600;
      BigDecimal own = BigDecimal.valueOf(amount.allocated() / size * amount.price() * share);
      item.put("cost", own);
      item.put("idleCost", own.multiply(new BigDecimal("0.3")));
      item.put("sharedCost", own.multiply(new BigDecimal("0.1")));
    }
  }

  /** The first has most. */
  private static double share(int place, int of) {
    return 2.0 * (of - place) / (of * (of + 1.0));
  }

  private static List<String> groups(String by) {
    return switch (by) {
      case "" -> List.of("");
      case "namespace" ->
          List.of("default", "kube-system", "a-namespace-with-quite-a-long-name-of-some-team", "");
      case "tenant" -> List.of("globex", DemoData.LONG, "acme", "gone", "root");
      default -> List.of("shop", "store", "");
    };
  }

  private List<Instant> times(Map<String, String> query) {
    Instant from = Instant.parse(query.get("from"));
    Instant end = Instant.parse(query.get("to"));
    Instant now = clock.instant();
    Instant until = end.isBefore(now) ? end : now;
    List<Instant> times = new ArrayList<>();
    for (Instant at = from; at.isBefore(until); at = next(at, query.getOrDefault("step", ""))) {
      times.add(at);
    }
    return times;
  }

  private static Instant next(Instant at, String step) {
    return switch (step) {
      case "hour" -> at.plus(1, ChronoUnit.HOURS);
      case "day" -> at.plus(1, ChronoUnit.DAYS);
      case "month" -> at.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
      default -> Instant.MAX;
    };
  }
}
