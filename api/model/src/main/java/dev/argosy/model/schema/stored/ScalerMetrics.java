package dev.argosy.model.schema.stored;

import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Metrics of autoscalers: {@code autoscaling/v1} has flat fields where {@code v2} has an identified
 * metric with a target or a current value.
 */
final class ScalerMetrics {

  /** Which version is made of which. */
  enum Direction {
    TO_NEWER,
    TO_OLDER
  }

  /**
   * The old names of one kind of source.
   *
   * @param name where the metric's name stands
   * @param selector where its selector stands
   * @param values the old name of each new value
   */
  private record Names(String name, String selector, Map<String, String> values) {}

  private static final List<String> VALUES = List.of("value", "averageValue", "averageUtilization");

  private static final Map<String, Names> TARGETS =
      Map.of(
          "object",
          new Names(
              "metricName",
              "selector",
              Map.of("value", "targetValue", "averageValue", "averageValue")),
          "pods",
          new Names("metricName", "selector", Map.of("averageValue", "targetAverageValue")),
          "external",
          new Names(
              "metricName",
              "metricSelector",
              Map.of("value", "targetValue", "averageValue", "targetAverageValue")),
          "resource",
          new Names(
              "",
              "",
              Map.of(
                  "averageValue",
                  "targetAverageValue",
                  "averageUtilization",
                  "targetAverageUtilization")));

  private static final Map<String, Names> CURRENTS =
      Map.of(
          "object",
          new Names(
              "metricName",
              "selector",
              Map.of("value", "currentValue", "averageValue", "averageValue")),
          "pods",
          new Names("metricName", "selector", Map.of("averageValue", "currentAverageValue")),
          "external",
          new Names(
              "metricName",
              "metricSelector",
              Map.of("value", "currentValue", "averageValue", "currentAverageValue")),
          "resource",
          new Names(
              "",
              "",
              Map.of(
                  "averageValue",
                  "currentAverageValue",
                  "averageUtilization",
                  "currentAverageUtilization")));

  private ScalerMetrics() {}

  /** A wanted metric, in the other version. */
  static ObjectNode spec(JsonNode metric, Direction direction) {
    return converted(metric, direction, TARGETS, "target");
  }

  /** A measured metric, in the other version. */
  static ObjectNode status(JsonNode metric, Direction direction) {
    return converted(metric, direction, CURRENTS, "current");
  }

  private static ObjectNode converted(
      JsonNode metric, Direction direction, Map<String, Names> table, String part) {
    ObjectNode result = Json.object();
    for (Map.Entry<String, JsonNode> member : metric.properties()) {
      String key = member.getKey();
      Names names = table.get(key.equals("containerResource") ? "resource" : key);
      if (names == null || !member.getValue().isObject()) {
        result.set(key, member.getValue());
      } else {
        result.set(
            key,
            direction == Direction.TO_NEWER
                ? newer(member.getValue(), names, part)
                : older(member.getValue(), names, part));
      }
    }
    return result;
  }

  private static ObjectNode newer(JsonNode old, Names names, String part) {
    ObjectNode source = Json.object();
    boolean identified = !names.name().isEmpty();
    copy(old, "name", source, "name", !identified);
    copy(old, "container", source, "container", !identified);
    copy(old, "target", source, "describedObject", identified);
    if (identified) {
      ObjectNode metric = source.putObject("metric");
      copy(old, names.name(), metric, "name", true);
      copy(old, names.selector(), metric, "selector", true);
    }
    ObjectNode values = source.putObject(part);
    for (String now : VALUES) {
      String before = names.values().getOrDefault(now, "");
      if (!isZero(old.get(before))) {
        copy(old, before, values, now, true);
      }
    }
    if (part.equals("target")) {
      values.put("type", targetType(values));
    }
    return source;
  }

  private static String targetType(ObjectNode values) {
    if (values.has("averageUtilization")) {
      return "Utilization";
    }
    return values.has("averageValue") ? "AverageValue" : "Value";
  }

  private static ObjectNode older(JsonNode source, Names names, String part) {
    ObjectNode old = Json.object();
    boolean identified = !names.name().isEmpty();
    copy(source, "name", old, "name", !identified);
    copy(source, "container", old, "container", !identified);
    copy(source, "describedObject", old, "target", identified);
    if (identified) {
      copy(source.path("metric"), "name", old, names.name(), true);
      copy(source.path("metric"), "selector", old, names.selector(), true);
    }
    JsonNode values = source.path(part);
    for (String now : VALUES) {
      copy(values, now, old, names.values().getOrDefault(now, ""), names.values().containsKey(now));
    }
    required(old, names, part);
    return old;
  }

  /** The old version always writes the one value that it calls required. */
  private static void required(ObjectNode old, Names names, String part) {
    String first = names.values().getOrDefault("value", "");
    boolean always = part.equals("current") || first.equals("targetValue");
    boolean external = names.selector().equals("metricSelector");
    if (first.isEmpty() || !always || (external && part.equals("target"))) {
      return;
    }
    if (!old.has(first)) {
      old.put(first, "0");
    }
  }

  private static boolean isZero(@Nullable JsonNode value) {
    return value != null && value.asString("").equals("0");
  }

  private static void copy(
      JsonNode from, String field, ObjectNode to, String name, boolean wanted) {
    JsonNode value = wanted ? from.get(field) : null;
    if (value != null && !value.isNull()) {
      to.set(name, value);
    }
  }
}
