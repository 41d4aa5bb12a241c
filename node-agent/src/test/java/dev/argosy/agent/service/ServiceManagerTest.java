package dev.argosy.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceManagerTest {

  @TempDir Path folder;

  @Test
  void isToldOnceThatTheAgentRuns() throws Exception {
    manager(Map.of("NOTIFY_SOCKET", "/run/systemd/notify")).ready("n1");
    assertThat(Files.readAllLines(folder.resolve("told")))
        .containsExactly("--ready --status=node n1 runs");
  }

  @Test
  void isNotToldIfItDoesNotWait() {
    manager(Map.of()).ready("n1");
    manager(Map.of("NOTIFY_SOCKET", "")).ready("n1");
    assertThat(folder.resolve("told")).doesNotExist();
  }

  @Test
  void thatItCannotBeToldDoesNotEndTheAgent() {
    Map<String, String> waits = Map.of("NOTIFY_SOCKET", "/run/systemd/notify");
    new ServiceManager(waits, List.of("false")).ready("n1");
    new ServiceManager(waits, List.of("/there/is/no/such/program")).ready("n1");
    assertThat(folder.resolve("told")).doesNotExist();
  }

  private ServiceManager manager(Map<String, String> environment) {
    String told = folder.resolve("told").toString();
    return new ServiceManager(
        environment, List.of("sh", "-c", "echo \"$@\" >>'" + told + "'", "systemd-notify"));
  }
}
