package dev.argosy.console.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartTest {

  private static Chart chart(boolean stacked, String... values) {
    return new Chart(
        "core-hours",
        stacked,
        List.of(new Chart.Series("Allocated", "a"), new Chart.Series("Used", "b")),
        List.of(new Chart.Bar("3 Nov", Stream.of(values).map(BigDecimal::new).toList())));
  }

  @Test
  void theAxisEndsWithARoundNumberAboveAllBars() {
    assertThat(chart(false, "7.2", "3").top()).isEqualByComparingTo("10");
    assertThat(chart(true, "7.2", "3").top()).isEqualByComparingTo("20");
    assertThat(chart(false, "0.0021", "0").top()).isEqualByComparingTo("0.0025");
    assertThat(chart(false, "200", "0").top()).isEqualByComparingTo("200");
    assertThat(chart(false, "0", "0").top()).isEqualByComparingTo("1");
    assertThat(chart(false, "-5", "0").top()).isEqualByComparingTo("1");
    assertThat(chart(false, "123456", "0").axis(2)).isEqualTo("100000");
    assertThat(chart(false, "0.0021", "0").axis(4)).isEqualTo("0.0025");
  }

  @Test
  void partsStandOnEachOther() {
    assertThat(chart(true, "5", "5").svg("Cost"))
        .contains("class=\"a\" x=\"150.00\" y=\"50.00\" width=\"700.00\" height=\"50.00\"")
        .contains("class=\"b\" x=\"150.00\" y=\"0.00\" width=\"700.00\" height=\"50.00\"");
  }

  @Test
  void whatIsUsedStandsBeforeWhatIsAllocated() {
    assertThat(chart(false, "10", "5").svg("CPU"))
        .contains("class=\"a\" x=\"150.00\" y=\"0.00\" width=\"700.00\" height=\"100.00\"")
        .contains("class=\"b\" x=\"300.00\" y=\"50.00\" width=\"400.00\" height=\"50.00\"")
        .contains("<title>3 Nov: Allocated 10.00, Used 5.00 core-hours</title>");
  }

  @Test
  void namesOfTenantsAreNoMarkUp() {
    assertThat(chart(false, "1", "1").svg("\"><script>"))
        .doesNotContain("<script>")
        .contains("aria-label=\"&quot;&gt;&lt;script&gt;\"");
  }
}
