package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiServerConfigTest {

  @Test
  void defaults() {
    ApiServerConfig config = ApiServerConfig.of(Map.of());
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(6443);
    assertThat(config.tls()).isEmpty();
    assertThat(config.externalUrl()).isEmpty();
    assertThat(config.maxBodyBytes()).isEqualTo(3 * 1024 * 1024);
    assertThat(config.maxHeaderBytes()).isEqualTo(64 * 1024);
    assertThat(config.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.bookmarkInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.minWatchTimeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.serviceRanges().own()).isEqualTo("10.96.0.0/12");
    assertThat(config.serviceRanges().further())
        .containsExactly("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");
    assertThat(config.load().seats())
        .isEqualTo(Math.max(64, 32 * Runtime.getRuntime().availableProcessors()));
    assertThat(config.load().room()).isEqualTo(10_000);
    assertThat(config.load().timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.tenantAddresses()).isEmpty();
    assertThat(config.eventLifetime()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> ApiServerConfig.of(Map.of("argosy.api.port", "x")))
        .hasMessageContaining("argosy.api.port");
    assertThatThrownBy(() -> ApiServerConfig.of(Map.of("argosy.api.port", "70000")))
        .hasMessageContaining("argosy.api.port");
    assertThatThrownBy(() -> ApiServerConfig.of(Map.of("argosy.api.tls.certificate", "/x/y.crt")))
        .hasMessageContaining("argosy.api.tls.key");
    assertThatThrownBy(() -> ApiServerConfig.of(Map.of("argosy.api.max-requests-in-flight", "0")))
        .hasMessageContaining("argosy.api.max-requests-in-flight");
    assertThatThrownBy(() -> ApiServerConfig.of(Map.of("argosy.api.service-range", "10.96.0.0")))
        .hasMessageContaining("argosy.api.service-range");
    assertThatThrownBy(
            () -> ApiServerConfig.of(Map.of("argosy.api.further-service-ranges", "fd00::/64")))
        .hasMessageContaining("argosy.api.further-service-ranges");
    assertThatThrownBy(() -> ApiServerConfig.of(Map.of("argosy.api.request-timeout", "PT0S")))
        .hasMessageContaining("argosy.api.request-timeout");
  }
}
