package dev.argosy.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.store.etcd.EtcdConfig;
import dev.argosy.store.etcd.EtcdConfig.Security;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void systemPropertiesWinOverTheFile() throws IOException {
    Path file = folder.resolve("server.properties");
    Files.writeString(file, "argosy.api.port=1000\nargosy.database.user=ann\nother=ignored\n");
    Properties system = new Properties();
    system.setProperty("argosy.config", file.toString());
    system.setProperty("argosy.api.port", "2000");
    system.setProperty("java.version", "25");

    assertThat(Settings.of(system))
        .containsEntry("argosy.api.port", "2000")
        .containsEntry("argosy.database.user", "ann")
        .doesNotContainKeys("other", "java.version");
  }

  @Test
  void aNamedFileMustExist() {
    Properties system = new Properties();
    system.setProperty("argosy.config", folder.resolve("absent").toString());
    assertThatThrownBy(() -> Settings.of(system)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void defaults() {
    PlatformConfig config = PlatformConfig.of(Map.of("argosy.pki.folder", "/pki"));
    assertThat(config.etcd()).isEqualTo(EtcdConfig.of(URI.create("http://127.0.0.1:2379")));
    assertThat(config.database())
        .isEqualTo(new DatabaseConfig("jdbc:postgresql://127.0.0.1:5432/argosy", "argosy", "", 10));
    assertThat(config.api().port()).isEqualTo(6443);
  }

  @Test
  void endpointsAreAList() {
    assertThat(
            PlatformConfig.of(
                    Map.of(
                        "argosy.pki.folder",
                        "/pki",
                        "argosy.etcd.endpoints",
                        "http://a:1, http://b:2"))
                .etcd()
                .endpoints())
        .isEqualTo(List.of(URI.create("http://a:1"), URI.create("http://b:2")));
  }

  @Test
  void etcdMayAskWhoComes() {
    Map<String, String> settings = new HashMap<>(Map.of("argosy.pki.folder", "/pki"));
    settings.put("argosy.etcd.ca", "/ca.crt");
    settings.put("argosy.etcd.user", "ann");
    settings.put("argosy.etcd.password", "secret");
    settings.put("argosy.etcd.certificate", "/client.crt");
    assertThatThrownBy(() -> PlatformConfig.of(settings)).hasMessageContaining("argosy.etcd.key");
    settings.put("argosy.etcd.key", "/client.key");
    assertThat(PlatformConfig.of(settings).etcd().security())
        .isEqualTo(
            Security.tls(Path.of("/ca.crt"))
                .withIdentity(Path.of("/client.crt"), Path.of("/client.key"))
                .withLogin("ann", "secret"));
  }

  @Test
  void badValuesNameTheirKey() {
    assertThatThrownBy(() ->
            PlatformConfig.of(
                Map.of("argosy.pki.folder", "/pki", "argosy.database.url", "mysql://x")))
        .hasMessageContaining("argosy.database.url");
    assertThatThrownBy(() ->
            PlatformConfig.of(Map.of("argosy.pki.folder", "/pki", "argosy.etcd.endpoints", " ")))
        .hasMessageContaining("argosy.etcd.endpoints");
  }

  @Test
  void passwordsAreNotPrinted() {
    assertThat(
            PlatformConfig.of(
                    Map.of("argosy.pki.folder", "/pki", "argosy.database.password", "s3cret"))
                .toString())
        .doesNotContain("s3cret");
  }
}
