package dev.argosy.agent.pod.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.runtime.spi.ImageStore.Credentials;
import dev.argosy.model.time.ManualTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialPluginsTest {

  private static final String CONFIG =
      """
      apiVersion: kubelet.config.k8s.io/v1
      kind: CredentialProviderConfig
      providers:
        - name: registrar
          apiVersion: credentialprovider.kubelet.k8s.io/v1
          matchImages: ["*.example.com"]
          defaultCacheDuration: 10m
          args: [one]
          env: [{name: WHO, value: me}]
      """;

  @TempDir Path folder;
  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));

  @BeforeEach
  void program() throws IOException {
    program(
        """
        cat > request
        echo x >> calls
        echo '{"kind":"CredentialProviderResponse","cacheKeyType":"Registry","auth":
          {"*.example.com":{"username":"'$WHO$1'","password":"p"}}}'
        """);
  }

  private void program(String script) throws IOException {
    Path program = folder.resolve("registrar");
    Files.writeString(program, "#!/bin/sh\ncd \"$(dirname \"$0\")\"\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private CredentialPlugins plugins(String config) throws IOException {
    Path file = folder.resolve("config.yaml");
    Files.writeString(file, config);
    return CredentialPlugins.of(file, folder, timers.clock());
  }

  private static List<Credentials> find(CredentialPlugins plugins, String image) {
    return plugins.find(ImageName.of(image).orElseThrow());
  }

  private int calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls")).size();
  }

  @Test
  void aProgramIsAskedForItsImagesAndItsAnswerIsKept() throws Exception {
    CredentialPlugins plugins = plugins(CONFIG);
    assertThat(find(plugins, "reg.example.com/a:1"))
        .extracting(Credentials::user)
        .containsExactly("meone");
    assertThat(Files.readString(folder.resolve("request")))
        .contains("\"CredentialProviderRequest\"", "\"reg.example.com/a\"");
    find(plugins, "reg.example.com/b:1");
    assertThat(calls()).as("the same registry").isEqualTo(1);
    find(plugins, "other.example.com/b:1");
    assertThat(calls()).as("another registry").isEqualTo(2);
    assertThat(find(plugins, "reg.example.org/a")).isEmpty();
    assertThat(calls()).isEqualTo(2);
    timers.advance(Duration.ofMinutes(11));
    find(plugins, "reg.example.com/a:1");
    assertThat(calls()).as("not kept for ever").isEqualTo(3);
  }

  @Test
  void aProgramThatFailsOrTalksNonsenseGivesNothing() throws Exception {
    program("exit 3\n");
    assertThat(find(plugins(CONFIG), "reg.example.com/a")).isEmpty();
    program("echo no\n");
    assertThat(find(plugins(CONFIG), "reg.example.com/a")).isEmpty();
    program("echo '{\"kind\":\"Other\"}'\n");
    assertThat(find(plugins(CONFIG), "reg.example.com/a")).isEmpty();
  }

  @Test
  void whatIsWrongWithTheFileIsSaid() {
    wrong("kind: X", "no CredentialProviderConfig");
    wrong("a: [", "no YAML");
    wrong(CONFIG.replace("registrar", "absent"), "executable");
    wrong(CONFIG.replace("registrar", "../registrar"), "no name");
    wrong(CONFIG.replace("10m", "10 minutes"), "no duration");
    wrong(CONFIG.replace("[\"*.example.com\"]", "[]"), "matchImages");
    wrong(CONFIG.replace("credentialprovider.kubelet.k8s.io/v1", "v9"), "apiVersion");
    wrong(CONFIG.substring(0, CONFIG.indexOf("providers")), "no providers");
  }

  private void wrong(String config, String why) {
    assertThatThrownBy(() -> plugins(config))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("config.yaml")
        .hasMessageContaining(why);
  }

  @Test
  void durationsAreGos() throws Exception {
    assertThat(PluginFile.duration("1h30m", IOException::new)).isEqualTo(Duration.ofMinutes(90));
    assertThat(PluginFile.duration("1.5h", IOException::new)).isEqualTo(Duration.ofMinutes(90));
    assertThat(PluginFile.duration("0", IOException::new)).isZero();
    assertThat(PluginFile.duration("250ms", IOException::new)).hasMillis(250);
    assertThatThrownBy(() -> PluginFile.duration("1x", IOException::new))
        .isInstanceOf(IOException.class);
  }
}
