package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.grpc.GrpcFailure.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drivers that die in the middle, mounts that are busy, volumes that are gone, with real mounts.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DisorderTest {

  @TempDir private Path data;
  @TempDir private Path home;
  private CsiBench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new CsiBench(data, home);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private void free() throws Exception {
    bench.describe("root", "{'attachRequired':false}");
    bench.claim("8Mi", "{}");
  }

  /** Staged, and then there is nobody to publish it. */
  private void stageOnly() throws Exception {
    bench.script().fail("NodePublishVolume", Code.UNAVAILABLE, "broken pipe");
    assertThatThrownBy(() -> bench.prepare("uid-1")).hasMessageContaining("Unavailable");
    bench.driverDies();
    bench.timers.advance(Duration.ofSeconds(3));
    assertThatThrownBy(() -> bench.prepare("uid-1")).hasMessageContaining("Unavailable");
    assertThat(bench.mounted()).hasSize(1);
  }

  private void nothingIsLeft() throws Exception {
    assertThat(bench.mounted()).isEmpty();
    assertThat(bench.kept()).isEmpty();
    assertThat(data.resolve("pods/uid-1")).doesNotExist();
    assertThat(bench.node().at("/status/volumesInUse")).isEmpty();
  }

  @Test
  void aDriverThatDiesBetweenStagingAndPublishingIsAskedForBothAgain() throws Exception {
    free();
    stageOnly();
    bench.driverComes();
    bench.timers.advance(Duration.ofMinutes(1));
    bench.prepare("uid-1");
    assertThat(bench.script().methods())
        .containsSubsequence("NodeStageVolume", "NodePublishVolume");
    Files.writeString(bench.content("uid-1").resolve("table"), "rows");
    bench.release("uid-1");
    nothingIsLeft();
  }

  @Test
  void aPodThatEndsMeanwhileWaitsForTheDriverAndLeavesNothing() throws Exception {
    free();
    stageOnly();
    assertThatThrownBy(() -> bench.release("uid-1")).hasMessageContaining("Unavailable");
    assertThat(bench.mounted()).hasSize(1);
    bench.driverComes();
    bench.release("uid-1");
    nothingIsLeft();
  }

  @Test
  void whatIsBusyStaysThePodsUntilItIsFree() throws Exception {
    free();
    bench.prepare("uid-1");
    Process user =
        new ProcessBuilder("sleep", "100").directory(bench.content("uid-1").toFile()).start();
    try {
      assertThatThrownBy(() -> bench.release("uid-1")).hasMessageContaining("busy");
      assertThat(bench.mounted()).as("published and staged").hasSize(2);
      assertThat(data.resolve("pods/uid-1")).exists();
    } finally {
      user.destroyForcibly().waitFor();
    }
    bench.release("uid-1");
    nothingIsLeft();
  }

  /** The pod is gone then, but the volume is not detached before the node has let go of it. */
  @Test
  void whatDoesNotUnstageIsInUseUntilItDoes() throws Exception {
    String handle = bench.claim("8Mi", "{}");
    bench.attach(handle);
    bench.prepare("uid-1");
    bench.script().fail("NodeUnstageVolume", Code.INTERNAL, "busy");
    assertThatThrownBy(() -> bench.release("uid-1")).hasMessageContaining("busy");
    bench.release("uid-1");
    assertThat(bench.mounted()).hasSize(1);
    assertThat(bench.node().at("/status/volumesInUse/0").asString(""))
        .isEqualTo(CsiBench.inUse(handle));
    bench.script().fail("NodeUnstageVolume", Code.INTERNAL, "busy");
    bench.volumes.sweep();
    assertThat(bench.mounted()).hasSize(1);
    bench.volumes.sweep();
    nothingIsLeft();
  }

  /** As after weeks in which nobody heard of the node. */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'spec':{'volumeMode':'Block'}}"})
  void aVolumeThatIsGoneAtItsDriverIsUnmountedByTheNode(String mode) throws Exception {
    bench.describe("root", "{'attachRequired':false}");
    String handle = bench.claim("8Mi", mode);
    bench.prepare("uid-1", mode.equals("{}") ? "{}" : CsiBench.DEVICES, CsiBench.CLAIMED);
    bench.restart();
    bench.register();
    bench.script().fail("NodeUnpublishVolume", Code.NOT_FOUND, "no such volume");
    bench.script().fail("NodeUnstageVolume", Code.NOT_FOUND, "no such volume");
    bench.release("uid-1");
    bench.volumes.sweep();
    nothingIsLeft();
    bench.free(handle); // its device is the driver's, who says that there is none
  }
}
