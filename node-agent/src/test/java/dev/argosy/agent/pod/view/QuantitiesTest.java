package dev.argosy.agent.pod.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of whatever a tenant may write: none of them is an error on the node. */
final class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "'',0,0",
    "1,1,1000",
    "100m,1,100",
    "1u,1,1",
    "1.5,2,1500",
    "1k,1000,1000000",
    "1Ki,1024,1024000",
    "1e3,1000,1000000",
    "2Ti,2199023255552,2199023255552000",
    "2P,2000000000000000,2000000000000000000",
    "1Pi,1125899906842624,1125899906842624000"
  })
  void allUnitsAreKnown(String text, long whole, long thousandths) {
    assertThat(Quantities.whole(text)).isEqualTo(whole);
    assertThat(Quantities.thousandths(text)).isEqualTo(Math.min(thousandths, 1L << 52));
  }

  @ParameterizedTest
  @CsvSource({"8Pi", "1E", "1Ei", "16Ei", "9223372036854775807", "1e30"})
  void whatNoMachineHasIsMuch(String text) {
    assertThat(Quantities.whole(text)).isEqualTo(1L << 52);
    assertThat(Quantities.thousandths(text)).isEqualTo(1L << 52);
    assertThat(1000 * Quantities.whole(text)).isPositive();
  }
}
