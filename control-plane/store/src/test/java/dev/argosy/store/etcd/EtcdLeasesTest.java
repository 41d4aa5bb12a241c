package dev.argosy.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EtcdLeasesTest {

  private final List<Long> granted = new ArrayList<>();
  private long now;
  private final EtcdLeases leases =
      new EtcdLeases(
          seconds -> {
            granted.add(seconds);
            return granted.size();
          },
          () -> now);

  @Test
  void neighboursShareALease() {
    assertThat(leases.of(Duration.ofHours(1))).isEqualTo(1);
    now = Duration.ofSeconds(59).toNanos();
    assertThat(leases.of(Duration.ofHours(1))).isEqualTo(1);
    now = Duration.ofSeconds(60).toNanos();
    assertThat(leases.of(Duration.ofHours(1))).isEqualTo(2);
    assertThat(granted).containsExactly(3660L, 3660L);
  }

  @Test
  void shortLifetimesHaveShortWindows() {
    leases.of(Duration.ofSeconds(100));
    now = Duration.ofSeconds(5).toNanos();
    leases.of(Duration.ofSeconds(100));
    assertThat(granted).containsExactly(105L, 105L);
  }

  @Test
  void aLeaseCarriesOnlySoMuch() {
    for (int i = 0; i <= EtcdLeases.MOST; i++) {
      leases.of(Duration.ofHours(1));
    }
    assertThat(granted).hasSize(2);
  }

  @Test
  void lifetimesDoNotMixAndLostLeasesAreForgotten() {
    assertThat(leases.of(Duration.ofHours(1))).isNotEqualTo(leases.of(Duration.ofHours(2)));
    leases.forget();
    assertThat(leases.of(Duration.ofHours(1))).isEqualTo(3);
  }
}
