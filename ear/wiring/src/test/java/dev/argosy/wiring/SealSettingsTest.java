package dev.argosy.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.store.seal.NoKeys;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealSettingsTest {

  @Test
  void withoutAKeyringNothingIsEncrypted() {
    SealSettings none = SealSettings.of(Map.of());
    assertThat(none.keyring()).isEmpty();
    assertThat(none.keys(Clock.systemUTC(), Metrics.none())).isInstanceOf(NoKeys.class);
    assertThat(none.config().resources()).isEmpty();
  }

  @Test
  void withOneSecretsAreAndWhatElseIsNamed() {
    String keyring = "argosy.encryption.keyring";
    String resources = "argosy.encryption.resources";
    assertThat(SealSettings.of(Map.of(keyring, "/k")).config().resources())
        .containsExactly(new GroupResource("", "secrets"));
    assertThat(
            SealSettings.of(Map.of(keyring, "/k", resources, "configmaps, things.example.org"))
                .config()
                .resources())
        .containsExactlyInAnyOrder(
            new GroupResource("", "configmaps"), new GroupResource("example.org", "things"));
    assertThatThrownBy(() -> SealSettings.of(Map.of(resources, "Secrets")))
        .hasMessageContaining("no resource is called 'Secrets'");
    assertThatThrownBy(() -> SealSettings.of(Map.of(keyring, "/k", resources, "events")).config())
        .hasMessageContaining("events cannot be encrypted");
  }

  @Test
  void aKeyringThatIsNotThereIsNamed() {
    SealSettings settings = SealSettings.of(Map.of("argosy.encryption.keyring", "/none"));
    assertThatThrownBy(() -> settings.keys(Clock.systemUTC(), Metrics.none()))
        .hasMessageContaining("/none cannot be read");
  }
}
