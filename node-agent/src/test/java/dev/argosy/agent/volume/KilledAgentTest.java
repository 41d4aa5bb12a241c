package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that was killed leaves nothing behind for which the next one has no eyes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KilledAgentTest {

  @TempDir private Path data;
  @TempDir private Path home;
  private CsiBench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new CsiBench(data, home);
    bench.describe("root", "{'attachRequired':false}");
    bench.claim("8Mi", "{}");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private void nothingIsLeft() throws Exception {
    assertThat(bench.mounted()).isEmpty();
    assertThat(bench.kept()).isEmpty();
    assertThat(data.resolve("pods/uid-1")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NodeStageVolume", "NodePublishVolume"})
  void whatWasUnderWayIsTakenBack(String method) throws Exception {
    bench.script().failAfter(method);
    assertThatThrownBy(() -> bench.prepare("uid-1")).hasMessageContaining("DeadlineExceeded");
    assertThat(bench.mounted()).isNotEmpty();
    bench.restart();
    bench.register();
    bench.release("uid-1");
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NodeUnpublishVolume", "NodeUnstageVolume"})
  void whatWasBeingTakenBackIsTakenBack(String method) throws Exception {
    bench.prepare("uid-1");
    bench.script().failAfter(method);
    assertThatThrownBy(() -> bench.release("uid-1")).hasMessageContaining("DeadlineExceeded");
    bench.restart();
    bench.register();
    bench.release("uid-1");
    bench.volumes.sweep();
    nothingIsLeft();
  }

  @Test
  void aRunningPodKeepsItsVolume() throws Exception {
    bench.prepare("uid-1");
    Files.writeString(bench.content("uid-1").resolve("table"), "rows");
    bench.restart();
    bench.register();
    bench.volumes.sweep();
    bench.prepare("uid-1");
    assertThat(bench.content("uid-1").resolve("table")).hasContent("rows");
    bench.release("uid-1");
    nothingIsLeft();
  }

  @Test
  void withoutItsDriverAPodKeepsItsVolumeUntilThatIsBack() throws Exception {
    bench.prepare("uid-1");
    bench.restart();
    assertThatThrownBy(() -> bench.release("uid-1"))
        .hasMessageContaining("not found in the list of registered CSI drivers");
    bench.volumes.sweep();
    assertThat(bench.mounted()).hasSize(2);
    bench.register();
    bench.release("uid-1");
    nothingIsLeft();
  }

  @Test
  void afterTheMachineWentDownAllIsMountedAnew() throws Exception {
    bench.prepare("uid-1");
    Files.writeString(bench.content("uid-1").resolve("table"), "rows");
    bench.unmountAll();
    bench.restart();
    bench.register();
    bench.prepare("uid-1");
    assertThat(bench.content("uid-1").resolve("table")).hasContent("rows");
    bench.release("uid-1");
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"driverName\":\"disk.ex", "[]", "\u0000"})
  void whatCannotBeReadIsUnmountedWithoutTheDriver(String torn) throws Exception {
    bench.prepare("uid-1");
    for (Path file : bench.kept()) {
      Files.writeString(file, torn);
    }
    bench.restart();
    bench.release("uid-1");
    bench.volumes.sweep();
    nothingIsLeft();
  }
}
