package dev.argosy.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryConfigTest {

  @Test
  void hasTheDocumentedDefaults() {
    HistoryConfig config = HistoryConfig.of(Map.of());
    assertThat(config.enabled()).isTrue();
    assertThat(config.retentionDays()).isEqualTo(30);
    assertThat(config.most()).isEqualTo(new HistoryConfig.Most(1L << 30, 1000));
    assertThat(config.catchUp()).isEqualTo(Duration.ofHours(1));
    assertThat(config.records(new GroupResource("", "configmaps"))).isTrue();
    assertThat(config.records(new GroupResource("", "events"))).isFalse();
    assertThat(config.records(new GroupResource("", "endpoints"))).isFalse();
    assertThat(config.records(new GroupResource("discovery.k8s.io", "endpointslices"))).isFalse();
    assertThat(config.records(new GroupResource("coordination.k8s.io", "leases"))).isFalse();
    assertThat(config.records(new GroupResource("storage.k8s.io", "csistoragecapacities")))
        .isFalse();
    assertThat(config.records(new GroupResource("~seal", "keys"))).isFalse();
    assertThat(config.records(new GroupResource("quota.argosy.dev", "ledgers"))).isFalse();
  }

  @Test
  void whatIsLeftOutCanBeSaid() {
    HistoryConfig config =
        HistoryConfig.of(Map.of("argosy.history.leave-out", "pods, things.example.org"));
    assertThat(config.records(new GroupResource("", "pods"))).isFalse();
    assertThat(config.records(new GroupResource("example.org", "things"))).isFalse();
    assertThat(config.records(new GroupResource("", "events"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "argosy.history.retention-days,0",
    "argosy.history.retention-days,4000",
    "argosy.history.max-bytes,0",
    "argosy.history.max-revisions,0",
    "argosy.history.catch-up,P2D"
  })
  void refusesWhatMakesNoSense(String key, String value) {
    assertThatThrownBy(() -> HistoryConfig.of(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }
}
