package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.csi.AccessMode;
import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a pod to a driver and back, with real mounts. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CsiMountsTest {

  private static final String FREE = "{'attachRequired':false}";

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

  @Test
  void aVolumeIsStagedPublishedAndTakenBack() throws Exception {
    bench.describe("root", FREE);
    String handle = bench.claim("8Mi", "{'spec':{'csi':{'volumeAttributes':{'a':'b'}}}}");
    bench.prepare("uid-1");
    Files.writeString(bench.content("uid-1").resolve("table"), "rows");
    assertThat(bench.content("uid-1"))
        .isEqualTo(bench.data.resolve("pods/uid-1/volumes/kubernetes.io~csi/pv-1/mount"));
    Message staged = bench.script().last("NodeStageVolume");
    assertThat(staged.text(1)).isEqualTo(handle);
    assertThat(staged.text(3))
        .matches(".*/plugins/kubernetes.io/csi/disk.example.com/[0-9a-f]{64}/globalmount");
    assertThat(staged.map(6)).containsEntry("a", "b");
    assertThat(Files.getPosixFilePermissions(bench.data.resolve("plugins/kubernetes.io")))
        .as("no other user of the machine comes to it")
        .hasSize(3);
    bench.script().forget();
    bench.release("uid-1");
    assertThat(bench.script().methods())
        .containsExactly("NodeUnpublishVolume", "NodeUnstageVolume");
    assertThat(bench.mounted()).isEmpty();
    assertThat(bench.kept()).isEmpty();
    assertThat(data.resolve("pods/uid-1")).doesNotExist();
    bench.prepare("uid-2");
    assertThat(bench.content("uid-2").resolve("table")).hasContent("rows");
  }

  @Test
  void whatIsMountedIsLeftAlone() throws Exception {
    bench.describe("root", FREE);
    bench.claim("8Mi", "{}");
    bench.prepare("uid-1");
    bench.script().forget();
    bench.prepare("uid-1");
    bench.refresh("uid-1", CsiBench.CLAIMED);
    assertThat(bench.script().methods()).isEmpty();
  }

  @Test
  void aVolumeStaysStagedForAsLongAsAPodHasIt() throws Exception {
    bench.describe("root", FREE);
    bench.claim("8Mi", "{}");
    bench.prepare("uid-1");
    bench.prepare("uid-2");
    bench.release("uid-1");
    Files.writeString(bench.content("uid-2").resolve("table"), "rows");
    assertThat(bench.script().methods()).doesNotContain("NodeUnstageVolume");
    bench.release("uid-2");
    assertThat(bench.script().methods()).endsWith("NodeUnstageVolume");
  }

  @Test
  void aDriverThatAttachesIsWaitedFor() throws Exception {
    String handle = bench.claim("8Mi", "{}");
    bench.attach(handle);
    bench.prepare("uid-1");
    assertThat(bench.script().last("NodeStageVolume").map(2)).containsEntry("device", "/dev/x");
    assertThat(bench.script().last("NodePublishVolume").map(2)).containsEntry("device", "/dev/x");
    assertThat(bench.node().at("/status/volumesInUse/0").asString(""))
        .isEqualTo(CsiBench.inUse(handle));
    bench.release("uid-1");
    assertThat(bench.node().at("/status/volumesInUse")).isEmpty();
  }

  @Test
  void whatIsNotAttachedIsNotMountedButInUseAlready() throws Exception {
    bench.volumes = bench.impatient();
    String handle = bench.claim("8Mi", "{}");
    assertThatThrownBy(() -> bench.prepare("uid-1"))
        .hasMessageEndingWith("not attached to node n1 yet");
    assertThat(bench.node().at("/status/volumesInUse/0").asString(""))
        .isEqualTo(CsiBench.inUse(handle));
    bench.script().forget();
    bench.release("uid-1");
    assertThat(bench.script().methods()).as("it was never asked to mount it").isEmpty();
    assertThat(bench.node().at("/status/volumesInUse")).isEmpty();
  }

  @Test
  void oneThatIsAboutToBeDetachedIsNotAttached() throws Exception {
    bench.volumes = bench.impatient();
    bench.attach(bench.claim("8Mi", "{}"));
    bench.patchNode("{'status':{'volumesAttached':null}}");
    assertThatThrownBy(() -> bench.prepare("uid-1"))
        .hasMessageEndingWith("not attached to node n1 yet");
  }

  @Test
  void noTenantSaysThatADriverOfThePlatformDoesNotAttach() throws Exception {
    bench.volumes = bench.impatient();
    bench.describe("root", "{}");
    bench.describe("acme", FREE);
    bench.claim("8Mi", "{}");
    assertThatThrownBy(() -> bench.prepare("uid-1"))
        .hasMessageEndingWith("not attached to node n1 yet");
  }

  @Test
  void secretsGoToTheDriverAndNowhereElse() throws Exception {
    bench.describe("root", FREE);
    bench.secret("s", "hidden-word");
    String ref = "{'name':'s','namespace':'default'}";
    bench.claim(
        "8Mi",
        "{'spec':{'csi':{'nodeStageSecretRef':%s,'nodePublishSecretRef':%s}}}".formatted(ref, ref));
    bench.script().fail("NodeStageVolume", Code.PERMISSION_DENIED, "wrong key hidden-word");
    assertThatThrownBy(() -> bench.prepare("uid-1"))
        .hasMessage(
            "MountVolume.SetUp failed for volume \"v\" : MountDevice failed: rpc error: code ="
                + " PermissionDenied desc = wrong key ***stripped***");
    bench.timers.advance(Duration.ofSeconds(3));
    bench.prepare("uid-1");
    assertThat(bench.script().last("NodeStageVolume").map(5)).containsEntry("key", "hidden-word");
    assertThat(bench.script().last("NodePublishVolume").map(7)).containsEntry("key", "hidden-word");
    for (Path file : bench.kept()) {
      assertThat(file).content().doesNotContain("hidden-word");
    }
  }

  @Test
  void aSecretThatIsNotThereIsNamed() throws Exception {
    bench.describe("root", FREE);
    bench.claim(
        "8Mi", "{'spec':{'csi':{'nodeStageSecretRef':{'name':'s','namespace':'default'}}}}");
    assertThatThrownBy(() -> bench.prepare("uid-1"))
        .hasMessageEndingWith("secret \"default/s\" not found");
  }

  @Test
  void modesOptionsAndTypesComeToTheDriver() throws Exception {
    bench.describe("root", FREE);
    bench.claim(
        "8Mi",
        "{'spec':{'accessModes':['ReadWriteOncePod'],'mountOptions':['noatime'],"
            + "'csi':{'fsType':'ext4'}}}");
    bench.prepare(
        "uid-1",
        "{'securityContext':{'fsGroup':7}}",
        "{'name':'v','persistentVolumeClaim':{'claimName':'data','readOnly':true}}");
    Message request = bench.script().last("NodePublishVolume");
    assertThat(request.flag(6)).isTrue();
    assertThat(request.message(5).message(2).text(1)).isEqualTo("ext4");
    assertThat(request.message(5).message(2).texts(2)).containsExactly("noatime");
    assertThat(request.message(5).message(2).text(3)).as("the group").isEqualTo("7");
    assertThat(request.message(5).message(3).number(1))
        .isEqualTo(AccessMode.SINGLE_NODE_SINGLE_WRITER.number());
    assertThatThrownBy(() -> Files.writeString(bench.content("uid-1").resolve("x"), ""))
        .hasMessageContaining("Read-only file system");
  }

  @Test
  void theNodeGivesFilesToTheGroupWhereTheDriverDoesNot() throws Exception {
    bench.driver(Set.of(1));
    bench.describe("root", "{'attachRequired':false,'fsGroupPolicy':'File'}");
    bench.claim("8Mi", "{}");
    bench.prepare("uid-1", "{'securityContext':{'fsGroup':4321}}", CsiBench.CLAIMED);
    assertThat(Files.getAttribute(bench.content("uid-1"), "unix:gid")).isEqualTo(4321);
    assertThat(bench.script().last("NodePublishVolume").message(5).message(2).text(3)).isEmpty();
  }

  @Test
  void aDriverThatDoesNotStageIsNotAskedTo() throws Exception {
    bench.driver(Set.of());
    bench.describe("root", FREE);
    bench.claim("8Mi", "{}");
    bench.prepare("uid-1");
    bench.release("uid-1");
    assertThat(bench.script().methods())
        .contains("NodePublishVolume", "NodeUnpublishVolume")
        .doesNotContain("NodeStageVolume", "NodeUnstageVolume");
  }

  @Test
  void aDriverThatIsNotRegisteredIsNamedAndMayComeLater() throws Exception {
    bench.describe("root", FREE);
    bench.claim("8Mi", "{}");
    bench.restart();
    assertThatThrownBy(() -> bench.prepare("uid-1"))
        .hasMessageEndingWith(
            "driver name disk.example.com not found in the list of registered CSI drivers");
    bench.register();
    bench.prepare("uid-1");
    assertThat(bench.content("uid-1")).isDirectory();
  }

  @Test
  void aDriverThatFailsIsLeftAloneForLongerAndLonger() throws Exception {
    bench.describe("root", FREE);
    bench.claim("8Mi", "{}");
    for (int i = 0; i < 2; i++) {
      bench.script().fail("NodePublishVolume", Code.INTERNAL, "out of order");
    }
    for (int second = 0; second < 5; second++) {
      assertThatThrownBy(() -> bench.prepare("uid-1"))
          .hasMessageEndingWith("rpc error: code = Internal desc = out of order");
      bench.timers.advance(Duration.ofSeconds(1));
    }
    assertThat(bench.script().methods().stream().filter("NodePublishVolume"::equals))
        .as("at 0 s and at 2 s")
        .hasSize(2);
    bench.timers.advance(Duration.ofSeconds(1));
    bench.prepare("uid-1");
  }

  @Test
  void aVolumeThatDoesNotComeBackStaysThePods() throws Exception {
    bench.describe("root", FREE);
    bench.claim("8Mi", "{}");
    bench.prepare("uid-1");
    bench.script().fail("NodeUnpublishVolume", Code.INTERNAL, "busy");
    assertThatThrownBy(() -> bench.release("uid-1")).hasMessageContaining("desc = busy");
    assertThat(bench.kept()).hasSize(2);
    bench.release("uid-1");
    assertThat(bench.kept()).isEmpty();
  }

  @Test
  void aVolumeGrowsAndItsClaimSaysSo() throws Exception {
    bench.describe("root", FREE);
    bench.claim("8Mi", "{}");
    bench.prepare("uid-1");
    bench.patchVolume("{'spec':{'capacity':{'storage':'16Mi'}}}");
    bench.patchClaim(
        "{'status':{'conditions':[{'type':'FileSystemResizePending','status':'True'}]}}");
    bench.script().fail("NodeExpandVolume", Code.INTERNAL, "not now");
    bench.refresh("uid-1", CsiBench.CLAIMED);
    assertThat(bench.claim().at("/status/capacity/storage").asString("")).isEqualTo("8Mi");
    bench.timers.advance(Duration.ofMinutes(1));
    bench.refresh("uid-1", CsiBench.CLAIMED);
    assertThat(bench.claim().at("/status/capacity/storage").asString("")).isEqualTo("16Mi");
    assertThat(bench.claim().at("/status/conditions")).isEmpty();
    Message request = bench.script().last("NodeExpandVolume");
    assertThat(request.message(3).number(1)).isEqualTo(16 << 20);
    assertThat(request.text(2)).endsWith("/pv-1/mount");
    assertThat(request.text(4)).endsWith("/globalmount");
  }

  @Test
  void whatAVolumeHoldsIsAskedOfItsDriver() throws Exception {
    bench.describe("root", FREE);
    bench.claim("8Mi", "{}");
    bench.prepare("uid-1");
    CsiVolumes csi = bench.volumes.csi();
    assertThat(csi.use(bench.folder("uid-1").path(), "v"))
        .hasValueSatisfying(use -> {
          assertThat(use.capacityBytes()).isEqualTo(8 << 20);
          assertThat(use.usedBytes()).isEqualTo(1);
          assertThat(use.inodes()).isEqualTo(-1);
        });
  }
}
