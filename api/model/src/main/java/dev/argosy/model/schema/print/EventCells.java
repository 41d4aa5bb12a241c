package dev.argosy.model.schema.print;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of events in both of their forms. */
final class EventCells {

  private EventCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "last" -> new TimedCell(EventCells::lastSeen);
      case "first" -> new TimedCell(EventCells::firstSeen);
      case "object" -> (event, now) -> object(either(event, "involvedObject", "regarding"));
      case "subobject" ->
          (event, now) ->
              either(event, "involvedObject", "regarding").path("fieldPath").asString("");
      case "source" -> (event, now) -> source(event);
      case "message" -> (event, now) -> either(event, "message", "note").asString("").strip();
      case "count" -> (event, now) -> count(event);
      default -> throw new IllegalArgumentException("columns.tsv: event " + word);
    };
  }

  private static JsonNode either(ObjectNode event, String core, String newer) {
    JsonNode value = event.path(core);
    return value.isMissingNode() ? event.path(newer) : value;
  }

  private static Row.Timed firstSeen(ObjectNode event) {
    JsonNode first = either(event, "firstTimestamp", "deprecatedFirstTimestamp");
    return Ages.since(first.isMissingNode() ? event.path("eventTime") : first);
  }

  private static Row.Timed lastSeen(ObjectNode event) {
    JsonNode series = event.path("series");
    if (!series.isMissingNode()) {
      return Ages.since(series.path("lastObservedTime"));
    }
    JsonNode last = either(event, "lastTimestamp", "deprecatedLastTimestamp");
    return last.isMissingNode() ? firstSeen(event) : Ages.since(last);
  }

  private static String object(JsonNode about) {
    String kind = about.path("kind").asString("").toLowerCase(Locale.ROOT);
    String name = about.path("name").asString("");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static String source(ObjectNode event) {
    JsonNode source = either(event, "source", "deprecatedSource");
    String component =
        Cells.text(
            source.path("component"),
            either(event, "reportingComponent", "reportingController").asString(""));
    String host = Cells.text(source.path("host"), event.path("reportingInstance").asString(""));
    return host.isEmpty() ? component : component + ", " + host;
  }

  private static Object count(ObjectNode event) {
    JsonNode series = event.path("series").path("count");
    if (!series.isMissingNode()) {
      return series.asLong(0);
    }
    return Math.max(1, either(event, "count", "deprecatedCount").asLong(1));
  }
}
