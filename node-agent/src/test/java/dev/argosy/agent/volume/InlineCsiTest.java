package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.csi.AccessMode;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that live with their pod. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class InlineCsiTest {

  private static final String INLINE =
      "{'name':'v','csi':{'driver':'disk.example.com','volumeAttributes':{'size':'1',"
          + "'csi.storage.k8s.io/pod.uid':'of-another'},'nodePublishSecretRef':{'name':'s'}}}";
  private static final String EPHEMERAL =
      "{'attachRequired':false,'podInfoOnMount':true,'volumeLifecycleModes':['Ephemeral']}";

  @TempDir private Path data;
  @TempDir private Path home;
  private CsiBench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new CsiBench(data, home);
    bench.secret("s", "hidden-word");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void itIsPublishedWithoutStagingAndGoesWithThePod() throws Exception {
    bench.describe("root", EPHEMERAL);
    bench.prepare("uid-1", "{'serviceAccountName':'robot'}", INLINE);
    Files.writeString(bench.content("uid-1").resolve("x"), "y");
    Message request = bench.script().last("NodePublishVolume");
    assertThat(request.text(1)).matches("csi-[0-9a-f]{64}");
    assertThat(request.text(3)).isEmpty();
    assertThat(request.map(7)).containsEntry("key", "hidden-word");
    assertThat(request.message(5).message(3).number(1))
        .isEqualTo(AccessMode.SINGLE_NODE_WRITER.number());
    assertThat(request.map(8))
        .isEqualTo(
            Map.of(
                "size", "1",
                "csi.storage.k8s.io/pod.name", "db-0",
                "csi.storage.k8s.io/pod.namespace", "default",
                "csi.storage.k8s.io/pod.uid", "uid-1",
                "csi.storage.k8s.io/serviceAccount.name", "robot",
                "csi.storage.k8s.io/ephemeral", "true"));
    bench.release("uid-1");
    assertThat(bench.script().methods())
        .contains("NodeUnpublishVolume")
        .doesNotContain("NodeStageVolume", "NodeUnstageVolume");
    assertThat(bench.mounted()).isEmpty();
    assertThat(home.resolve("volumes")).isEmptyDirectory();
  }

  @Test
  void driversThatDoNotSaySoGetNone() {
    assertThatThrownBy(() -> bench.prepare("uid-1", "{}", INLINE))
        .hasMessageEndingWith(
            "volume mode \"Ephemeral\" not supported by driver disk.example.com (no CSIDriver"
                + " object)");
    bench.describe("root", "{'attachRequired':false}");
    assertThatThrownBy(() -> bench.prepare("uid-1", "{}", INLINE))
        .hasMessageEndingWith("(only supports [Persistent])");
    assertThat(bench.script().methods()).doesNotContain("NodePublishVolume");
  }

  @Test
  void driversOfThatKindGetNoPersistentOnes() throws Exception {
    bench.describe("root", EPHEMERAL);
    bench.claim("8Mi", "{}");
    assertThatThrownBy(() -> bench.prepare("uid-1"))
        .hasMessageEndingWith(
            "volume mode \"Persistent\" not supported by driver disk.example.com (only supports"
                + " [Ephemeral])");
  }

  @Test
  void driversThatWantItAreAskedAgainAndAgain() throws Exception {
    bench.describe(
        "root",
        "{'attachRequired':false,'podInfoOnMount':true,'volumeLifecycleModes':['Ephemeral'],"
            + "'requiresRepublish':true}");
    bench.prepare("uid-1", "{}", INLINE);
    bench.script().forget();
    bench.refresh("uid-1", INLINE);
    assertThat(bench.script().methods()).containsExactly("NodePublishVolume");
    bench.script().fail("NodePublishVolume", Code.INTERNAL, "out of order");
    bench.refresh("uid-1", INLINE); // the pod runs on with what it has
    assertThat(bench.content("uid-1")).isDirectory();
  }
}
