package dev.argosy.console.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.chart.Chart;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.status.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaHistoryTest {

  private static final Instant NOW = Instant.parse("2026-11-29T21:00:00Z");
  private static final String ANSWER =
      """
      {"items":[
       {"quota":"a","at":"2026-11-28T00:00:00Z","used":{"cpu":1,"pods":3},"hard":{"cpu":4,"pods":10}},
       {"quota":"a","at":"2026-11-28T05:00:00Z","used":{"cpu":3,"pods":3},"hard":{"cpu":4,"pods":10}},
       {"quota":"a","at":"2026-11-28T09:00:00Z","used":{"cpu":2,"pods":3},"hard":{"cpu":5,"pods":10}},
       {"quota":"b","at":"2026-11-29T00:00:00Z","used":{"cpu":9},"hard":{"cpu":9}}]}
      """;

  private final FakeApi fake = new FakeApi(Clock.systemUTC());

  private ApiResult<QuotaHistory> ask() {
    return QuotaHistory.ask(fake.client(), "acme", NOW);
  }

  @Test
  void aBarIsTheMostOfADayBeforeWhatIsAllowedAtItsEnd() {
    fake.setDocument(
        "/quota-history",
        (cluster, query) -> {
          assertThat(query).containsEntry("from", "2026-10-31T00:00:00Z");
          return ANSWER;
        });
    QuotaHistory history = ask().orThrow();
    assertThat(history.lines())
        .extracting(QuotaHistory.Line::text)
        .containsExactly("cpu (a)", "pods (a)", "cpu (b)");
    Chart chart = history.chart(history.lines().getFirst());
    assertThat(chart.bars()).hasSize(30);
    assertThat(chart.unit()).isEqualTo("cores");
    List<String> day =
        chart.bars().get(28).values().stream().map(value -> value.toPlainString()).toList();
    assertThat(day).containsExactly("5", "3");
    assertThat(chart.bars().get(28).label()).isEqualTo("28 Nov");
    assertThat(chart.bars().getLast().values()).allMatch(value -> value.signum() == 0);
  }

  @Test
  void whatIsNoAnswerIsTold() {
    fake.setDocument("/quota-history", (cluster, query) -> "nothing");
    assertThat(ask().refusedFor(Reason.INTERNAL_ERROR)).isTrue();
  }
}
