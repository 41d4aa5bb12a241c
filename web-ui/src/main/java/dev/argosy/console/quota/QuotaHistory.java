package dev.argosy.console.quota;

import dev.argosy.console.chart.Chart;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What was used of a tenant's quotas in the last thirty days. */
record QuotaHistory(List<Sample> samples, LocalDate today) {

  /** Where it is asked for. */
  static final String PATH = "/quota-history";

  private static final int DAYS = 30;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private static final List<Chart.Series> SERIES =
      List.of(
          new Chart.Series("Allowed", "bar-allocated"),
          new Chart.Series("Used at most", "bar-used"));

  /** What a quota was at a moment, by resource. */
  record Sample(
      String quota, Instant at, Map<String, BigDecimal> used, Map<String, BigDecimal> hard) {}

  /** What can be looked at. */
  record Line(String quota, String resource) {
    String text() {
      return resource + " (" + quota + ")";
    }
  }

  QuotaHistory {
    samples = List.copyOf(samples);
  }

  /** Asks for it. May take some seconds. */
  static ApiResult<QuotaHistory> ask(ApiClient api, String tenant, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Instant from = today.minusDays(DAYS - 1L).atStartOfDay().toInstant(ZoneOffset.UTC);
    return switch (api.read(tenant, PATH, Map.of("from", from.toString()))) {
      case ApiResult.Ok<InputStream>(InputStream body) -> parse(body, today);
      case ApiResult.Refused<InputStream>(Status status) -> ApiResult.refused(status);
    };
  }

  private static ApiResult<QuotaHistory> parse(InputStream body, LocalDate today) {
    try (body) {
      return ApiResult.ok(of(Json.parse(body.readAllBytes()), today));
    } catch (IOException | JacksonException e) {
      return ApiResult.refused(
          Status.of(Reason.INTERNAL_ERROR, "what the API says of quotas cannot be read"));
    }
  }

  static QuotaHistory of(JsonNode json, LocalDate today) {
    List<Sample> samples = new ArrayList<>();
    for (JsonNode item : json.path("items")) {
      Instant at = Moment.in(item.path("at"));
      if (at != null) {
        samples.add(
            new Sample(
                item.path("quota").asString(""),
                at,
                amounts(item.path("used")),
                amounts(item.path("hard"))));
      }
    }
    return new QuotaHistory(samples, today);
  }

  private static Map<String, BigDecimal> amounts(JsonNode json) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    json.forEachEntry((resource, amount) -> amounts.put(resource, amount.decimalValue()));
    return amounts;
  }

  /** All resources of all quotas. */
  List<Line> lines() {
    return samples.stream()
        .flatMap(sample ->
            sample.hard().keySet().stream().map(resource -> new Line(sample.quota(), resource)))
        .distinct()
        .toList();
  }

  /** The most that was used on each day, before what was allowed at its end. */
  Chart chart(Line line) {
    NavigableMap<LocalDate, List<BigDecimal>> days = new TreeMap<>();
    for (Sample sample : samples) {
      BigDecimal used = sample.used().get(line.resource());
      BigDecimal hard = sample.hard().get(line.resource());
      if (sample.quota().equals(line.quota()) && used != null && hard != null) {
        days.merge(
            LocalDate.ofInstant(sample.at(), ZoneOffset.UTC),
            List.of(hard, used),
            (before, now) -> List.of(now.getFirst(), before.getLast().max(now.getLast())));
      }
    }
    BigDecimal most =
        days.values().stream().flatMap(List::stream).reduce(BigDecimal.ZERO, BigDecimal::max);
    Amount.Size size = Amount.size(line.resource(), most);
    List<Chart.Bar> bars = new ArrayList<>();
    for (int ago = DAYS - 1; ago >= 0; ago--) {
      LocalDate day = today.minusDays(ago);
      List<BigDecimal> values = days.getOrDefault(day, List.of(BigDecimal.ZERO, BigDecimal.ZERO));
      bars.add(new Chart.Bar(DAY.format(day), values.stream().map(size::of).toList()));
    }
    return new Chart(size.unit(), false, SERIES, bars);
  }
}
