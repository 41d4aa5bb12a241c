package dev.argosy.bench.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a call or a file is said in words that tell what to do. */
class OptionsTest {

  private static Options options(String line) throws Refusal {
    return Options.of(line.split(" "));
  }

  @Test
  void hasDefaults() throws Refusal {
    Options options = options("--kubeconfig f --nodes 3");
    assertThat(options)
        .isEqualTo(
            new Options(
                Path.of("f"),
                3,
                1,
                "simulated",
                "default",
                new Options.Room("4", "32Gi", 110),
                Script.PROMPT));
  }

  @Test
  void takesEverything() throws Refusal {
    Options options =
        options(
            "--kubeconfig f --nodes 15000 --zones 3 --cpu 500m --memory 1Gi --pods 9 --pool big"
                + " --prefix x --start-after 500ms --ready-after 2m --stop-after 1h"
                + " --missing-image a:1 --missing-image b:2");
    assertThat(options.room()).isEqualTo(new Options.Room("500m", "1Gi", 9));
    assertThat(options.script().startAfter()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.script().readyAfter()).isEqualTo(Optional.of(Duration.ofMinutes(2)));
    assertThat(options.script().stopAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(options.script().missing()).containsExactlyInAnyOrder("a:1", "b:2");
  }

  @ParameterizedTest
  @CsvSource({
    "--nodes 3, --kubeconfig is missing",
    "--kubeconfig f, --nodes is missing",
    "--kubeconfig f --nodes, --nodes needs a value",
    "--kubeconfig f --nodes 0, '--nodes must be a number from 1 to 15000, not 0'",
    "--kubeconfig f --nodes 15001, '--nodes must be a number from 1 to 15000, not 15001'",
    "--kubeconfig f --nodes many, '--nodes must be a number from 1 to 15000, not many'",
    "--kubeconfig f --nodes 1 --cpu -1, '--cpu must be a positive quantity such as 4, not -1'",
    "--kubeconfig f --nodes 1 --memory x, '--memory must be a positive quantity such as 32Gi, not"
        + " x'",
    "--kubeconfig f --nodes 1 --prefix A, '--prefix must be of lower-case letters, digits and"
        + " dashes, not A'",
    "--kubeconfig f --nodes 1 --stop-after soon, '--stop-after must be a time such as 500ms, 20s or"
        + " 5m, not soon'",
    "--kubeconfig f --node 1, what is --node?",
    "nodes 1, what is nodes?"
  })
  void refusesWhatItDoesNotUnderstand(String line, String message) {
    assertThatThrownBy(() -> options(line))
        .isInstanceOf(Refusal.class)
        .hasMessage(message + "; see ops/bench/nodes --help");
  }

  @Test
  void aFileThatIsNotThere(@TempDir Path folder) {
    assertThatThrownBy(() -> Kubeconfig.read(folder.resolve("none")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "a: b",
        "current-context: x\ncontexts: []",
        "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]",
        "current-context: x\n"
            + "contexts: [{name: x, context: {cluster: c, user: u}}]\n"
            + "clusters: [{name: c, cluster: {server: 'https://h', certificate-authority-data:"
            + " Zm9v}}]\n"
            + "users: [{name: u, user: {token: t}}]"
      })
  void aFileThatIsNoKubeconfig(String text, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("config"), text);
    assertThatThrownBy(() -> Kubeconfig.read(file))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("cannot be understood");
  }

  @Test
  void oneWithoutCredentialsItCanUse(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: 'https://h'}}]
            users: [{name: u, user: {exec: {command: login}}}]
            """);
    assertThatThrownBy(() -> Kubeconfig.read(file))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("neither a client certificate nor a token")
        .hasMessageContaining("admin.yaml");
  }
}
