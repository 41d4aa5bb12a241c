package dev.argosy.console.usage;

import dev.argosy.console.live.Moment;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the API answers to a question about usage.
 *
 * @param countedUntil what goes on counts up to then
 * @param priced whether there are price lists
 * @param currency of its costs; empty if it has none
 * @param labels by which usage can be told apart
 */
record UsageReport(
    @Nullable Instant countedUntil,
    boolean priced,
    Optional<String> currency,
    List<String> labels,
    List<UsageLine> lines) {

  /** Where it is asked for. */
  static final String PATH = "/usage";

  UsageReport {
    labels = List.copyOf(labels);
    lines = List.copyOf(lines);
  }

  /** Asks for one. May take many seconds. */
  static ApiResult<UsageReport> ask(ApiClient api, String cluster, Map<String, String> query) {
    return switch (api.read(cluster, PATH, query)) {
      case ApiResult.Ok<InputStream>(InputStream body) -> parse(body, query.getOrDefault("by", ""));
      case ApiResult.Refused<InputStream>(Status status) -> ApiResult.refused(status);
    };
  }

  private static ApiResult<UsageReport> parse(InputStream body, String by) {
    try (body) {
      return ApiResult.ok(of(Json.parse(body.readAllBytes()), by));
    } catch (IOException | JacksonException e) {
      return ApiResult.refused(
          Status.of(Reason.INTERNAL_ERROR, "what the API says of usage cannot be read"));
    }
  }

  static UsageReport of(JsonNode json, String by) {
    List<String> labels = new ArrayList<>();
    json.path("labelKeys").forEach(label -> labels.add(label.asString("")));
    List<UsageLine> lines = new ArrayList<>();
    json.path("items").forEach(item -> lines.add(line(item, by)));
    return new UsageReport(
        Moment.in(json.path("countedUntil")),
        json.path("priced").asBoolean(false),
        Optional.of(json.path("currency").asString("")).filter(text -> !text.isEmpty()),
        labels,
        lines);
  }

  private static UsageLine line(JsonNode item, String by) {
    Unit unit = Unit.of(item.path("unit").asString(""));
    JsonNode group =
        by.startsWith(Breakdown.LABEL)
            ? item.path("labels").path(by.substring(Breakdown.LABEL.length()))
            : item.path(by);
    return new UsageLine(
        Optional.ofNullable(Moment.in(item.path("from"))),
        group.asString(""),
        item.path("resource").asString(""),
        unit,
        unit.convert(Cost.amount(item.path("allocated"))),
        item.has("used")
            ? Optional.of(unit.convert(Cost.amount(item.path("used"))))
            : Optional.empty(),
        Cost.in(item));
  }

  /** What it all costs. */
  Cost cost() {
    return lines.stream().map(UsageLine::cost).reduce(Cost.NOTHING, Cost::plus);
  }

  BigDecimal totalCost() {
    return cost().total();
  }
}
