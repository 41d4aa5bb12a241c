package dev.argosy.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.server.file.WatchedFile;
import dev.argosy.server.metrics.PrometheusMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerFileTest {

  private static final String HEAD =
      "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n";

  @TempDir Path folder;

  private final List<Configuration> taken = new ArrayList<>();

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("scheduler.yaml"), text);
  }

  @Test
  void it_is_taken_over_when_it_changes_and_only_if_nothing_is_wrong() throws IOException {
    PrometheusMetrics metrics = new PrometheusMetrics();
    WatchedFile file = SchedulerFile.of(folder.resolve("scheduler.yaml"), taken::add, metrics);
    file.look();
    assertThat(taken).isEmpty();
    write(HEAD + "profiles:\n- schedulerName: packing\n");
    file.look();
    file.look();
    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().profiles().names()).containsExactly("default-scheduler", "packing");
    write(HEAD + "profiles:\n- schedulerNam: packing\n");
    file.look();
    write("profiles: [");
    file.look();
    assertThat(taken).hasSize(1);
    write(HEAD);
    file.look();
    assertThat(taken).hasSize(2);
    assertThat(taken.getLast().profiles().names()).containsExactly("default-scheduler");
  }
}
