package dev.argosy.console.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class AmountTest {

  @Test
  void bytesAreWrittenShort() {
    assertThat(Amount.of("etcd.argosy.dev/bytes", "1610612736")).isEqualTo("1.5 Gi");
    assertThat(Amount.of("requests.memory", "512Mi")).isEqualTo("512 Mi");
    assertThat(Amount.of("requests.storage", "0")).isEqualTo("0");
    assertThat(Amount.of("limits.memory", "1023")).isEqualTo("1023");
  }

  @Test
  void otherAmountsAreWrittenPlainly() {
    assertThat(Amount.of("requests.cpu", "250m")).isEqualTo("0.25");
    assertThat(Amount.of("pods", "100k")).isEqualTo("100000");
    assertThat(Amount.of("pods", "")).isEqualTo("–");
    assertThat(Amount.of("pods", "many")).isEqualTo("many");
  }

  @Test
  void sharesGoBeyondOneWhereMoreIsUsedThanAllowed() {
    assertThat(Amount.share("500m", "2")).isEqualTo(0.25);
    assertThat(Amount.share("3", "2")).isEqualTo(1.5);
    assertThat(Amount.share("", "2")).isZero();
    assertThat(Amount.share("0", "0")).isZero();
    assertThat(Amount.share("1", "0")).isEqualTo(1);
  }

  @Test
  void manyAmountsAreShownInOneUnit() {
    Amount.Size memory = Amount.size("requests.memory", new BigDecimal("4294967296"));
    assertThat(memory.unit()).isEqualTo("GiB");
    assertThat(memory.of(new BigDecimal("536870912"))).isEqualByComparingTo("0.5");
    assertThat(Amount.size("etcd.argosy.dev/bytes", new BigDecimal("536870912")).unit())
        .isEqualTo("MiB");
    assertThat(Amount.size("requests.memory", BigDecimal.ONE).unit()).isEqualTo("bytes");
    assertThat(Amount.size("limits.cpu", BigDecimal.TEN).unit()).isEqualTo("cores");
    assertThat(Amount.size("pods", BigDecimal.TEN).unit()).isEqualTo("pieces");
  }
}
