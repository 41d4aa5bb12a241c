package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimedVolumesTest {

  private static final String CLAIMED = "{'persistentVolumeClaim':{'claimName':'data'}}";

  @TempDir Path data;
  private VolumeBench bench;

  @BeforeEach
  void open() {
    bench = new VolumeBench(data);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void what_a_claim_holds_outlives_the_pod() throws Exception {
    bench.claim("data", "pvc-1", "8Mi");
    bench.prepare("uid-1", "{}", CLAIMED);
    Files.writeString(bench.content("uid-1").resolve("table"), "rows");
    bench.release("uid-1");
    assertThat(data.resolve("pods/uid-1")).doesNotExist();
    assertThat(bench.mounted()).isEmpty();
    bench.prepare("uid-2", "{}", CLAIMED);
    bench.prepare("uid-2", "{}", CLAIMED);
    assertThat(bench.content("uid-2").resolve("table")).hasContent("rows");
  }

  @Test
  void a_claim_must_be_there_and_bound() {
    assertThatThrownBy(() -> bench.prepare("uid", "{}", CLAIMED))
        .hasMessage(
            "MountVolume.SetUp failed for volume \"v\" : persistentvolumeclaim \"data\" not found");
    bench.claim("data", "", "1Gi");
    assertThatThrownBy(() -> bench.prepare("uid", "{}", CLAIMED))
        .hasMessageEndingWith("PVC is not bound");
  }

  @Test
  void a_volume_must_be_there_and_the_claims_own() {
    bench.claim("data", "pvc-1", "8Mi");
    bench.patchVolume("pvc-1", "{'spec':{'claimRef':{'uid':'of-another'}}}");
    assertThatThrownBy(() -> bench.prepare("uid", "{}", CLAIMED))
        .hasMessageEndingWith("persistentvolume \"pvc-1\" is not bound to claim \"data\"");
    bench.deleteVolume("pvc-1");
    assertThatThrownBy(() -> bench.prepare("uid", "{}", CLAIMED))
        .hasMessageEndingWith("persistentvolume \"pvc-1\" not found");
  }

  @Test
  void only_volumes_of_the_platform_are_mounted() {
    bench.claim("data", "pvc-1", "8Mi");
    bench.patchVolume(
        "pvc-1", "{'metadata':{'annotations':{'pv.kubernetes.io/provisioned-by':'somebody'}}}");
    assertThatThrownBy(() -> bench.prepare("uid", "{}", CLAIMED))
        .hasMessageEndingWith("this node has no volumes of that kind");
    bench.patchVolume("pvc-1", "{'spec':{'volumeMode':'Block'}}");
    assertThatThrownBy(() -> bench.prepare("uid", "{}", CLAIMED))
        .hasMessageEndingWith(
            "this node makes block devices of volumes of drivers, of class local-path and of kind"
                + " local only: ask for Filesystem");
    bench.patchVolume(
        "pvc-1",
        "{'metadata':{'annotations':{'pv.kubernetes.io/provisioned-by':'argosy.dev/local-path'}}}");
    String mounts = "{'containers':[{'name':'c','volumeMounts':[{'name':'v','mountPath':'/v'}]}]}";
    assertThatThrownBy(() -> bench.prepare("uid", mounts, CLAIMED))
        .hasMessageEndingWith("volume v has volumeMode Block, but is specified in volumeMounts");
  }

  @Test
  void a_claim_that_was_made_for_a_pod_must_be_its_own() throws Exception {
    bench.claim("db-0-v", "pvc-1", "8Mi");
    String ephemeral = "{'ephemeral':{}}";
    assertThatThrownBy(() -> bench.prepare("uid-1", "{}", ephemeral))
        .hasMessageEndingWith(
            "PVC default/db-0-v was not created for pod default/db-0 (pod is not owner)");
    bench.owner("db-0-v", "uid-1");
    bench.prepare("uid-1", "{}", ephemeral);
    assertThat(bench.content("uid-1")).isDirectory();
    assertThatThrownBy(() -> bench.prepare("uid-2", "{}", ephemeral))
        .hasMessageEndingWith("(pod is not owner)");
  }

  @Test
  void a_volume_takes_no_more_than_its_size() throws Exception {
    bench.claim("data", "pvc-1", "8Mi");
    bench.prepare("uid-1", "{}", CLAIMED);
    byte[] more = new byte[9 << 20];
    assertThatThrownBy(() -> Files.write(bench.content("uid-1").resolve("big"), more))
        .hasMessageContaining("No space left on device");
  }

  @Test
  void a_volume_grows_and_its_claim_says_so() throws Exception {
    bench.claim("data", "pvc-1", "8Mi");
    bench.prepare("uid-1", "{}", CLAIMED);
    bench.patchVolume("pvc-1", "{'spec':{'capacity':{'storage':'24Mi'}}}");
    bench.patchClaim(
        "data",
        "{'status':{'conditions':[{'type':'FileSystemResizePending','status':'True'}],"
            + "'allocatedResourceStatuses':{'storage':'NodeResizePending'}}}");
    bench.refresh("uid-1", CLAIMED);
    bench.release("uid-1");
    bench.prepare("uid-2", "{}", CLAIMED);
    assertThat(bench.claim("data").at("/status/capacity/storage").asString("")).isEqualTo("24Mi");
    assertThat(bench.claim("data").at("/status/conditions")).isEmpty();
    assertThat(bench.claim("data").at("/status/allocatedResourceStatuses/storage").isMissingNode())
        .isTrue();
    Files.write(bench.content("uid-2").resolve("big"), new byte[12 << 20]);
  }

  @Test
  void a_container_gets_no_empty_folder_in_place_of_its_volume() throws Exception {
    bench.claim("data", "pvc-1", "8Mi");
    bench.prepare("uid-1", "{}", CLAIMED);
    bench.unmountAll();
    assertThatThrownBy(() -> bench.mount("uid-1", CLAIMED, "{}", ""))
        .hasMessage("the folder of volume \"v\" is gone");
  }
}
