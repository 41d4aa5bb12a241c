package dev.argosy.server.quota;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a quota says of the bounds that are in force, and of what is used of them. */
final class QuotaStatus {

  static final String GUARANTEED = "guaranteed";
  private static final String QUEUE = "queue";
  private static final String MOST = "maxWaiting";
  private static final String WAITING = "waiting";

  private QuotaStatus() {}

  static Map<String, Quantity> hard(JsonNode status) {
    return read(status, "hard", MOST);
  }

  static Map<String, Quantity> used(JsonNode status) {
    return read(status, "used", WAITING);
  }

  private static Map<String, Quantity> read(JsonNode status, String list, String ofQueue) {
    Map<String, Quantity> all = Amounts.of(status.path(list));
    all.putAll(BandStatus.read(status, list));
    JsonNode waiting = status.path(QUEUE).path(ofQueue);
    if (waiting.isIntegralNumber()) {
      all.put(Waiting.COUNTED, Quantity.ofUnits(waiting.longValue()));
    }
    return all;
  }

  /** Has a quota say what is used, and what of that is guaranteed. */
  static void write(
      ObjectNode status, Quota quota, Map<String, Quantity> used, Map<String, Quantity> kept) {
    write(status.putObject("hard"), quota.hard());
    write(status.putObject("used"), used);
    if (!kept.isEmpty()) {
      write(status.putObject(GUARANTEED), kept);
      write(status.putObject("borrowed"), beyond(used, kept));
    }
    BandStatus.write(status, quota.bands(), quota.hard(), used);
    if (quota.queues()) {
      ObjectNode queue = status.putObject(QUEUE);
      queue.put(MOST, units(quota.hard())).put(WAITING, units(used));
    }
  }

  private static long units(Map<String, Quantity> amounts) {
    return amounts.getOrDefault(Waiting.COUNTED, Quantity.ZERO).value();
  }

  private static Map<String, Quantity> beyond(
      Map<String, Quantity> used, Map<String, Quantity> kept) {
    Map<String, Quantity> beyond = new TreeMap<>();
    kept.forEach((name, amount) -> {
      Quantity more = used.getOrDefault(name, Quantity.ZERO).subtract(amount);
      beyond.put(name, more.signum() > 0 ? more : Quantity.ZERO);
    });
    return beyond;
  }

  private static void write(ObjectNode list, Map<String, Quantity> amounts) {
    amounts.forEach((name, amount) -> {
      if (!Band.partial(name)) {
        list.put(name, amount.toString());
      }
    });
  }
}
