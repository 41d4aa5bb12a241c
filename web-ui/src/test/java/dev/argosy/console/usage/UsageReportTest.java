package dev.argosy.console.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.chart.Chart;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageReportTest {

  private static final String TWO_NAMESPACES =
      """
      {"countedUntil":"2026-11-11T12:00:00Z","priced":true,"currency":"EUR","labelKeys":["team"],"items":[
       {"from":"2026-11-01T00:00:00Z","namespace":"a","resource":"cpu","unit":"core-seconds","allocated":7200,
        "used":1800.5,"cost":2,"idleCost":0.5,"sharedCost":0.25,"totalCost":2.75},
       {"from":"2026-11-01T00:00:00Z","namespace":"b","resource":"cpu","unit":"core-seconds","allocated":3600,
        "cost":1,"idleCost":0,"sharedCost":0,"totalCost":1},
       {"from":"2026-11-02T00:00:00Z","namespace":"b","resource":"memory","unit":"byte-seconds","allocated":3865470566400,
        "cost":0.1,"idleCost":0,"sharedCost":0,"totalCost":0.1}]}
      """;

  private static UsageReport report(String json, String by) {
    return UsageReport.of(Json.parse(json.getBytes(StandardCharsets.UTF_8)), by);
  }

  @Test
  void whatTheApiSaysIsReadInHours() {
    UsageReport report = report(TWO_NAMESPACES, "namespace");
    assertThat(report.currency()).contains("EUR");
    assertThat(report.labels()).containsExactly("team");
    UsageLine first = report.lines().getFirst();
    assertThat(first.group()).isEqualTo("a");
    assertThat(first.allocated()).isEqualByComparingTo("2");
    assertThat(first.used().orElseThrow()).isEqualByComparingTo("0.5001388888888889");
    assertThat(first.cost().total()).isEqualByComparingTo("2.75");
    assertThat(report.totalCost()).isEqualByComparingTo("3.85");
    assertThat(report.lines().getLast().allocated()).isEqualByComparingTo("1");
  }

  @Test
  void groupsAreSummedUp() {
    List<GroupRow> rows = GroupRow.of(report(TWO_NAMESPACES, "namespace"));
    assertThat(rows).extracting(GroupRow::group).containsExactly("a", "b");
    assertThat(rows.getLast().cost().total()).isEqualByComparingTo("1.1");
    assertThat(rows.getLast().used("cpu")).as("nobody measured it").isEmpty();
    assertThat(rows.getLast().allocated("storage")).isZero();
  }

  @Test
  void aChartHasABarForEachDayAlsoWhereThereIsNothing() {
    Period days =
        new Period(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-05T00:00:00Z"));
    Chart cost = Charts.of(report(TWO_NAMESPACES, ""), days, Charts.COST);
    assertThat(cost.bars())
        .extracting(Chart.Bar::label)
        .containsExactly("1 Nov", "2 Nov", "3 Nov", "4 Nov");
    assertThat(cost.bars().getFirst().values().getFirst()).isEqualByComparingTo("3");
    assertThat(cost.bars().getLast().values().getFirst()).isZero();
    Chart cpu = Charts.of(report(TWO_NAMESPACES, ""), days, "cpu");
    assertThat(cpu.unit()).isEqualTo("core-hours");
    assertThat(cpu.bars().getFirst().values().getFirst()).isEqualByComparingTo("3");
    assertThat(Charts.choices(report(TWO_NAMESPACES, "")))
        .containsExactly(Charts.COST, "cpu", "memory");
  }

  @Test
  void valuesOfLabelsAreFoundByTheirKey() {
    String json =
        "{\"items\":[{\"labels\":{\"app.kubernetes.io/name\":\"shop\"},\"resource\":\"cpu\","
            + "\"unit\":\"core-seconds\",\"allocated\":1}]}";
    UsageReport report = report(json, "label:app.kubernetes.io/name");
    assertThat(report.lines().getFirst().group()).isEqualTo("shop");
    assertThat(report.priced()).isFalse();
    assertThat(report.lines().getFirst().cost().total()).isZero();
  }

  @Test
  void whatIsNoReportIsTold() {
    FakeApi fake = new FakeApi(Clock.systemUTC());
    fake.setDocument("/usage", (cluster, query) -> "<html>");
    ApiResult<UsageReport> answer = UsageReport.ask(fake.client(), "acme", Map.of());
    assertThat(answer.refusedFor(Reason.INTERNAL_ERROR)).isTrue();
  }

  @Test
  void thePlatformIsAskedForLittleOfManyTenants() {
    List<Map<String, String>> asked = new ArrayList<>();
    Period days =
        new Period(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-05T00:00:00Z"));
    PlatformUsage usage =
        PlatformUsage.in(
                days,
                query -> {
                  asked.add(query);
                  boolean costs = query.getOrDefault("cost", "").equals("only");
                  return ApiResult.ok(
                      report(
                          costs
                              ? "{\"priced\":true,\"currency\":\"EUR\",\"items\":[{\"tenant\":\"a\",\"cost\":5},{\"tenant\":\"c\",\"cost\":1}]}"
                              : "{\"priced\":true,\"items\":[{\"tenant\":\"a\",\"resource\":\"cpu\",\"unit\":\"core-seconds\",\"allocated\":3600}]}",
                          "tenant"));
                })
            .orThrow();
    assertThat(asked).hasSize(2);
    assertThat(asked.getFirst()).containsEntry("resource", "cpu,memory,storage");
    assertThat(usage.rows()).extracting(GroupRow::group).containsExactly("a", "c");
    assertThat(usage.rows().getFirst().allocated("cpu")).isEqualByComparingTo("1");
    assertThat(usage.cost().total()).isEqualByComparingTo("6");
  }
}
