package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that brings everything up, used a second time and used wrongly. */
class SetupTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void startingAgainChangesNothing() throws IOException {
    String before = Files.readString(Target.data().resolve("run/server.pid"));
    assertThat(up(Map.of(), "--no-build").orFail()).contains("Argosy is up");
    assertThat(Files.readString(Target.data().resolve("run/server.pid"))).isEqualTo(before);
  }

  @Test
  void statusTellsWhatRuns() {
    assertThat(up(Map.of(), "--status").orFail())
        .containsPattern("server +running")
        .containsPattern("keycloak +running")
        .contains("export KUBECONFIG=");
  }

  @Test
  void aTakenPortIsNamedWithTheRemedy(@TempDir Path other) {
    Program.Result result = up(Map.of("ARGOSY_DATA", other.toString()), "--no-build");
    assertThat(result.exit()).isEqualTo(13);
    assertThat(result.err()).contains("is taken").contains("Remedy:").contains("-port");
  }

  @Test
  void aMissingEngineIsNamedWithTheRemedy(@TempDir Path other) {
    Program.Result result =
        up(
            Map.of(
                "ARGOSY_DATA", other.toString(),
                "ARGOSY_CONSOLE_PORT", "28443",
                "ARGOSY_API_PORT", "26443",
                "ARGOSY_IDENTITY_PORT", "28180",
                "ARGOSY_IDENTITY_HEALTH_PORT", "28190",
                "ARGOSY_POSTGRES_PORT", "35432",
                "ARGOSY_ETCD_PORT", "32379",
                "ARGOSY_ETCD_PEER_PORT", "32380"),
            "--docker-socket",
            other.resolve("none.sock").toString());
    assertThat(result.exit()).isEqualTo(14);
    assertThat(result.err()).contains("Remedy:");
  }

  @Test
  void wrongUsageIsRefused() {
    assertThat(up(Map.of(), "--no-such-option").exit()).isEqualTo(2);
    assertThat(up(Map.of(), "--api-port", "seven").exit()).isEqualTo(2);
    assertThat(up(Map.of(), "--help").orFail()).contains("--data DIR").contains("Exit codes");
  }

  /** Liberty's HTTP/2 leaves pages half loaded under load (decision 0008). */
  @Test
  void theConsoleDoesNotOfferHttp2() {
    List<String> command =
        new ArrayList<>(List.of("curl", "-s", "--http2", "--cacert", Target.ca().toString()));
    command.addAll(List.of("-o", "/dev/null", "-w", "%{http_version}"));
    command.add(Target.setting("argosy.console.url") + "/health/ready");
    assertThat(Program.run(command, Map.of(), "", LIMIT).orFail()).isEqualTo("1.1");
  }

  @Test
  void secretsAreTheOwnersAlone() throws IOException {
    for (String secret : List.of("passwords", "kubeconfig/admin.yaml", "secrets/database")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(Target.data().resolve(secret))))
          .as(secret)
          .isEqualTo("rw-------");
    }
  }

  private static Program.Result up(Map<String, String> environment, String... options) {
    List<String> command = new ArrayList<>(List.of(Target.ROOT.resolve("ops/up").toString()));
    command.addAll(List.of(options));
    return Program.run(command, environment, "", LIMIT);
  }
}
