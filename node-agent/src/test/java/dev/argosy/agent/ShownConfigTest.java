package dev.argosy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.resource.ResourceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

final class ShownConfigTest {

  @Test
  void settingsStandInKubeletsWordsAndSecretsDoNot() {
    PodOptions options = new PodOptions();
    new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options))
        .parseArgs("--container-log-max-size=20Mi", "--max-parallel-image-pulls=3");
    AgentConfig config =
        new AgentConfig(
            URI.create("https://10.0.0.1:6443"),
            Path.of("/ca"),
            "id.secret",
            "n1",
            "10.0.0.2",
            "default",
            Path.of("/data"),
            Path.of("/data/plugins_registry"),
            "unix:///docker.sock",
            "",
            "",
            "10.244.0.0/16",
            1400,
            Duration.ofSeconds(15),
            options.settings(),
            ResourceSettings.DEFAULT);
    JsonNode shown = ShownConfig.of(config).path("kubeletconfig");
    assertThat(shown.path("kind").asString("")).isEqualTo("KubeletConfiguration");
    assertThat(shown.path("containerLogMaxSize").asString("")).isEqualTo("20Mi");
    assertThat(shown.path("containerLogMaxFiles").asInt(0)).isEqualTo(5);
    assertThat(shown.path("maxParallelImagePulls").asInt(0)).isEqualTo(3);
    assertThat(shown.path("imageGCHighThresholdPercent").asInt(0)).isEqualTo(85);
    assertThat(shown.path("podPidsLimit").asInt(0)).isEqualTo(-1);
    assertThat(shown.toString()).doesNotContain("secret");
  }
}
