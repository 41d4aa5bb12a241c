package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.Loops;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An agent that was killed leaves nothing behind for which the next one has no eyes, whether a
 * volume is a folder or a device.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KilledAgentTest {

  @TempDir private Path data;
  @TempDir private Path home;
  private CsiBench bench;

  /** What a volume is in its pod. */
  private enum Use {
    FOLDER("{}"),
    DEVICE(CsiBench.DEVICES);

    private final String pod;

    Use(String pod) {
      this.pod = pod;
    }
  }

  @BeforeEach
  void open() throws Exception {
    bench = new CsiBench(data, home);
    bench.describe("root", "{'attachRequired':false}");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    Loops.awaitNone(home);
  }

  private String claim(Use use) throws Exception {
    return bench.claim("8Mi", use == Use.DEVICE ? "{'spec':{'volumeMode':'Block'}}" : "{}");
  }

  private void prepare(Use use) throws Exception {
    bench.prepare("uid-1", use.pod, CsiBench.CLAIMED);
  }

  private void nothingIsLeft() throws Exception {
    assertThat(bench.mounted()).isEmpty();
    assertThat(bench.kept()).isEmpty();
    assertThat(data.resolve("pods/uid-1")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "FOLDER, NodeStageVolume",
    "FOLDER, NodePublishVolume",
    "DEVICE, NodeStageVolume",
    "DEVICE, NodePublishVolume"
  })
  void whatWasUnderWayIsTakenBack(Use use, String method) throws Exception {
    claim(use);
    bench.script().failAfter(method);
    assertThatThrownBy(() -> prepare(use)).hasMessageContaining("DeadlineExceeded");
    assertThat(bench.mounted()).isNotEmpty();
    bench.restart();
    bench.register();
    bench.release("uid-1");
    nothingIsLeft();
    Loops.awaitNone(home);
  }

  @ParameterizedTest
  @CsvSource({
    "FOLDER, NodeUnpublishVolume",
    "FOLDER, NodeUnstageVolume",
    "DEVICE, NodeUnpublishVolume",
    "DEVICE, NodeUnstageVolume"
  })
  void whatWasBeingTakenBackIsTakenBack(Use use, String method) throws Exception {
    claim(use);
    prepare(use);
    bench.script().failAfter(method);
    assertThatThrownBy(() -> bench.release("uid-1")).hasMessageContaining("DeadlineExceeded");
    bench.restart();
    bench.register();
    bench.release("uid-1");
    bench.volumes.sweep();
    nothingIsLeft();
    Loops.awaitNone(home);
  }

  @Test
  void aRunningPodKeepsItsVolume() throws Exception {
    claim(Use.FOLDER);
    prepare(Use.FOLDER);
    Files.writeString(bench.content("uid-1").resolve("table"), "rows");
    bench.restart();
    bench.register();
    bench.volumes.sweep();
    prepare(Use.FOLDER);
    assertThat(bench.content("uid-1").resolve("table")).hasContent("rows");
    bench.release("uid-1");
    nothingIsLeft();
  }

  @Test
  void withoutItsDriverAPodKeepsItsVolumeUntilThatIsBack() throws Exception {
    claim(Use.FOLDER);
    prepare(Use.FOLDER);
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
    claim(Use.FOLDER);
    prepare(Use.FOLDER);
    Files.writeString(bench.content("uid-1").resolve("table"), "rows");
    bench.unmountAll();
    bench.restart();
    bench.register();
    prepare(Use.FOLDER);
    assertThat(bench.content("uid-1").resolve("table")).hasContent("rows");
    bench.release("uid-1");
    nothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeReadIsUnmountedWithoutTheDriver(Use use) throws Exception {
    String handle = claim(use);
    for (String torn : new String[] {"", "{\"driverName\":\"disk.ex", "[]", "\u0000"}) {
      prepare(use);
      for (Path file : bench.kept()) {
        Files.writeString(file, torn);
      }
      bench.restart();
      bench.release("uid-1");
      bench.volumes.sweep();
      nothingIsLeft();
      bench.free(handle); // that is the driver's, who was not asked
      bench.register();
    }
  }
}
