package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.Loops;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras.Device;
import dev.argosy.agent.volume.mount.BlockDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that are devices in containers, of a driver, with real loop devices. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BlockVolumesTest {

  private static final int SIZE = 8 << 20;

  @TempDir private Path data;
  @TempDir private Path home;
  private CsiBench bench;

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

  private String claim() throws Exception {
    return bench.claim("8Mi", "{'spec':{'volumeMode':'Block'}}");
  }

  private void prepare(String uid) throws Exception {
    bench.prepare(uid, CsiBench.DEVICES, CsiBench.CLAIMED);
  }

  private Device device(String uid, String volume) throws Exception {
    return bench.device(uid, volume, "{'name':'v','devicePath':'/dev/xvda'}");
  }

  private void nothingIsLeft() throws IOException {
    assertThat(bench.mounted()).isEmpty();
    assertThat(bench.kept()).isEmpty();
    assertThat(data.resolve("pods/uid-1")).doesNotExist();
    Loops.awaitNone(home);
  }

  @Test
  void aVolumeIsADeviceInItsContainers() throws Exception {
    String handle = claim();
    prepare("uid-1");
    Device device = device("uid-1", CsiBench.CLAIMED);
    assertThat(device.containerPath()).isEqualTo("/dev/xvda");
    assertThat(device.permissions()).isEqualTo("rwm");
    Path there = Path.of(device.hostPath());
    assertThat(BlockDevice.at(there).orElseThrow().bytes()).isEqualTo(SIZE);
    Files.writeString(there, "rows");
    Message staged = bench.script().last("NodeStageVolume");
    assertThat(staged.message(4).present(1)).as("block").isPresent();
    assertThat(staged.message(4).present(2)).as("mount").isEmpty();
    assertThat(bench.script().last("NodePublishVolume").message(5).present(1)).isPresent();
    assertThat(bench.script().last("NodePublishVolume").text(4)).isEqualTo(there.toString());
    bench.script().forget();
    prepare("uid-1");
    assertThat(bench.script().methods()).as("it is there").isEmpty();
    bench.release("uid-1");
    assertThat(bench.script().methods())
        .containsExactly("NodeUnpublishVolume", "NodeUnstageVolume");
    nothingIsLeft();
    assertThat(home.resolve("volumes").resolve(handle).resolve("image"))
        .content()
        .startsWith("rows");
  }

  @Test
  void twoPodsHaveTheSameDevice() throws Exception {
    claim();
    prepare("uid-1");
    prepare("uid-2");
    Files.writeString(Path.of(device("uid-1", CsiBench.CLAIMED).hostPath()), "rows");
    bench.release("uid-1");
    Path other = Path.of(device("uid-2", CsiBench.CLAIMED).hostPath());
    assertThat(other).content().startsWith("rows");
    bench.release("uid-2");
    nothingIsLeft();
  }

  @Test
  void aClaimThatIsReadOnlyIsSoForTheContainer() throws Exception {
    claim();
    String readOnly = "{'name':'v','persistentVolumeClaim':{'claimName':'data','readOnly':true}}";
    bench.prepare("uid-1", CsiBench.DEVICES, readOnly);
    assertThat(device("uid-1", readOnly).permissions()).isEqualTo("r");
    assertThat(bench.script().last("NodePublishVolume").flag(6)).isTrue();
    bench.release("uid-1");
  }

  @Test
  void aDriverThatDoesNotStageGivesDevices() throws Exception {
    bench.driver(Set.of());
    claim();
    prepare("uid-1");
    device("uid-1", CsiBench.CLAIMED);
    bench.release("uid-1");
    nothingIsLeft();
  }

  @Test
  void aDeviceGrowsWhileItIsUsed() throws Exception {
    claim();
    prepare("uid-1");
    bench.grow("16Mi");
    bench.refresh("uid-1", CsiBench.CLAIMED);
    assertThat(bench.script().last("NodeExpandVolume").message(5).present(1)).isPresent();
    assertThat(bench.claim().at("/status/capacity/storage").asString("")).isEqualTo("16Mi");
    Path there = Path.of(device("uid-1", CsiBench.CLAIMED).hostPath());
    assertThat(BlockDevice.at(there).orElseThrow().bytes()).isEqualTo(2 * SIZE);
    bench.release("uid-1");
  }

  @Test
  void whoUsesAVolumeAsWhatItIsNotIsTold() throws Exception {
    claim();
    String mounts = "{'containers':[{'name':'c','volumeMounts':[{'name':'v','mountPath':'/v'}]}]}";
    assertThatThrownBy(() -> bench.prepare("uid-1", mounts, CsiBench.CLAIMED))
        .hasMessageEndingWith("volume v has volumeMode Block, but is specified in volumeMounts");
    bench.patchVolume("{'spec':{'volumeMode':'Filesystem'}}");
    assertThatThrownBy(() -> prepare("uid-1"))
        .hasMessageEndingWith(
            "volume v has volumeMode Filesystem, but is specified in volumeDevices");
    assertThat(bench.script().methods()).doesNotContain("NodeStageVolume");
  }

  @Test
  void whatADriverCannotIsToldInItsWords() throws Exception {
    claim();
    bench.script().fail("NodeStageVolume", Code.INVALID_ARGUMENT, "no devices here");
    assertThatThrownBy(() -> prepare("uid-1"))
        .hasMessage(
            "MapVolume.MapPodDevice failed for volume \"v\" : MountDevice failed: rpc error: code ="
                + " InvalidArgument desc = no devices here");
    assertThat(VolumeModes.reason("MapVolume.MapPodDevice failed")).isEqualTo("FailedMapVolume");
    bench.release("uid-1");
  }

  @Test
  void otherVolumesAreNoDevices() throws Exception {
    bench.claim(
        "8Mi", "{'spec':{'volumeMode':'Block','csi':null,'nfs':{'server':'s','path':'/'}}}");
    assertThatThrownBy(() -> prepare("uid-1"))
        .hasMessageEndingWith(
            "this node makes block devices of volumes of drivers, of class local-path and of kind"
                + " local only: ask for Filesystem");
  }

  @Test
  void afterTheMachineWentDownTheDeviceIsMadeAnew() throws Exception {
    claim();
    prepare("uid-1");
    bench.unmountAll();
    bench.restart();
    bench.register();
    assertThatThrownBy(() -> device("uid-1", CsiBench.CLAIMED))
        .hasMessage("volume \"v\" is no block device");
    prepare("uid-1");
    device("uid-1", CsiBench.CLAIMED);
    bench.release("uid-1");
    nothingIsLeft();
  }
}
