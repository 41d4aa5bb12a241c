package dev.argosy.server.quota;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a quota's status says of its bands: what pods below each may use, and use. */
final class BandStatus {

  private static final String BANDS = "bands";

  private BandStatus() {}

  /** The amounts of one list of all bands, under the names that they are counted by. */
  static Map<String, Quantity> read(JsonNode status, String list) {
    Map<String, Quantity> all = new TreeMap<>();
    for (JsonNode told : status.path(BANDS)) {
      Band band = new Band("", told.path("minPriority").asInt(0), Map.of());
      Amounts.of(told.path(list)).forEach((name, amount) -> all.put(band.below(name), amount));
    }
    return all;
  }

  /** Whether it names them all, and no others. */
  static boolean names(JsonNode status, List<Band> bands) {
    List<String> told =
        status.path(BANDS).valueStream().map(band -> band.path("name").asString("")).toList();
    return told.equals(bands.stream().map(Band::name).toList());
  }

  static void write(
      ObjectNode status, List<Band> bands, Map<String, Quantity> hard, Map<String, Quantity> used) {
    if (bands.isEmpty()) {
      return;
    }
    ArrayNode list = status.putArray(BANDS);
    for (Band band : bands) {
      ObjectNode told = list.addObject();
      told.put("name", band.name()).put("minPriority", band.least());
      write(told.putObject("hard"), band, hard);
      write(told.putObject("used"), band, used);
    }
  }

  private static void write(ObjectNode list, Band band, Map<String, Quantity> amounts) {
    band.kept()
        .keySet()
        .forEach(name -> {
          Quantity amount = amounts.getOrDefault(band.below(name), Quantity.ZERO);
          list.put(name, amount.toString());
        });
  }
}
