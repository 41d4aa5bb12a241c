package dev.argosy.controllers.autoscale;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the answers of the metrics APIs; what is no value is left out. */
final class MetricValues {

  /** As Go writes durations, for example {@code 1m15.003s}. */
  private static final Pattern WINDOW =
      Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})(?:\\.\\d+)?s)?");

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private MetricValues() {}

  /** What the containers of a {@code PodMetrics} use together; nothing unless all are known. */
  static Optional<Sample> ofPod(JsonNode metrics, MetricSource.Resource resource) {
    long sum = 0;
    boolean seen = false;
    for (JsonNode container : metrics.path("containers")) {
      if (resource
          .container()
          .filter(c -> !c.equals(container.path("name").asString("")))
          .isEmpty()) {
        Optional<Long> used = milli(container.path("usage").path(resource.name()));
        if (used.isEmpty()) {
          return Optional.empty();
        }
        seen = true;
        sum += used.get();
      }
    }
    return seen
        ? Optional.of(
            new Sample(
                sum, time(metrics.path("timestamp")), window(metrics.path("window").asString(""))))
        : Optional.empty();
  }

  /** The items of a {@code MetricValueList} by the names of what they describe. */
  static Map<String, Sample> byName(JsonNode list) {
    Map<String, Sample> samples = new TreeMap<>();
    for (JsonNode item : list.path("items")) {
      JsonNode seconds =
          item.has("windowSeconds") ? item.get("windowSeconds") : item.path("window");
      Duration window = seconds.isNumber() ? Duration.ofSeconds(seconds.asLong(0)) : MINUTE;
      milli(item.path("value"))
          .ifPresent(value ->
              samples.put(
                  item.path("describedObject").path("name").asString(""),
                  new Sample(value, time(item.path("timestamp")), window)));
    }
    return samples;
  }

  /** The value of the only item. */
  static Optional<Long> first(JsonNode list) {
    return list.path("items").size() == 1
        ? milli(list.path("items").path(0).path("value"))
        : Optional.empty();
  }

  /** The sum of the values of all items. */
  static Optional<Long> sum(JsonNode list) {
    return list.path("items")
        .valueStream()
        .map(item -> milli(item.path("value")))
        .flatMap(Optional::stream)
        .reduce(Math::addExact);
  }

  private static Optional<Long> milli(JsonNode quantity) {
    try {
      return quantity.isMissingNode()
          ? Optional.empty()
          : Optional.of(Quantity.parse(quantity.asString("")).milliValue());
    } catch (QuantityFormatException e) {
      return Optional.empty();
    }
  }

  private static Instant time(JsonNode text) {
    try {
      return Instant.parse(text.asString(""));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private static Duration window(String text) {
    Matcher matcher = WINDOW.matcher(text);
    return matcher.matches()
        ? Duration.ofHours(number(matcher.group(1)))
            .plusMinutes(number(matcher.group(2)))
            .plusSeconds(number(matcher.group(3)))
        : MINUTE;
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
