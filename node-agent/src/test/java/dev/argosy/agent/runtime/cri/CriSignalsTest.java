package dev.argosy.agent.runtime.cri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CriSignalsTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "SIGTERM, 23",
    "SIGUSR1, 29",
    "SIGXFSZ, 34",
    "SIGRTMIN, 35",
    "SIGRTMIN+15, 50",
    "SIGRTMAX-14, 51",
    "SIGRTMAX, 65",
    "nonsense, 0",
  })
  void signalsHaveTheInterfacesNumbers(String name, int number) {
    assertThat(CriSignals.number(name)).isEqualTo(number);
  }
}
