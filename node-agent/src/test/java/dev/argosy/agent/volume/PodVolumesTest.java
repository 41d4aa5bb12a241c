package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodVolumesTest {

  private static final String EMPTY = "{'emptyDir':{}}";
  private static final String SETTINGS = "{'configMap':{'name':'settings','defaultMode':256}}";

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

  private void settings() {
    bench
        .api
        .create(
            ResourceScope.namespace(new GroupResource("", "configmaps"), "acme", "default"),
            VolumeBench.json(
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'settings'},"
                    + "'data':{'color':'red'}}"))
        .orThrow();
  }

  @Test
  void an_empty_folder_is_for_everybody_and_stays_as_the_pod_leaves_it() throws Exception {
    bench.prepare("uid", "{'securityContext':{'fsGroup':1234}}", EMPTY);
    Path folder = bench.content("uid");
    assertThat(FileModes.of(folder)).isEqualTo(02777);
    assertThat(Files.getAttribute(folder, "unix:gid")).isEqualTo(1234);
    FileModes.permit(folder, 0700);
    bench.refresh("uid", EMPTY);
    assertThat(FileModes.of(folder)).isEqualTo(0700);
  }

  @Test
  void what_pods_keep_is_not_for_other_users_of_the_machine() throws Exception {
    assertThat(FileModes.of(data.resolve("pods"))).isEqualTo(0700);
    assertThat(FileModes.of(data.resolve("images"))).isEqualTo(0700);
  }

  @Test
  void a_folder_in_memory_takes_no_more_than_its_limit_and_its_pods() throws Exception {
    String memory = "{'emptyDir':{'medium':'Memory','sizeLimit':'2Mi'}}";
    bench.prepare("uid", "{}", memory);
    assertThat(bench.content("uid").toFile().getTotalSpace()).isEqualTo(2 << 20);
    assertThat(FileModes.of(bench.content("uid"))).isEqualTo(01777);
    assertThatThrownBy(() -> Files.write(bench.content("uid").resolve("big"), new byte[3 << 20]))
        .hasMessageContaining("No space left");
    bench.release("uid");
    String limited = "{'containers':[{'name':'c','resources':{'limits':{'memory':'1Mi'}}}]}";
    bench.prepare("uid", limited, memory);
    assertThat(bench.content("uid").toFile().getTotalSpace()).isEqualTo(1 << 20);
    bench.release("uid");
    bench.prepare("uid", "{}", "{'emptyDir':{'medium':'Memory'}}");
    assertThat(bench.content("uid").toFile().getTotalSpace()).isEqualTo(64 << 20);
    bench.release("uid");
    assertThat(bench.mounted()).isEmpty();
  }

  @Test
  void files_that_mirror_the_api_are_never_written_to() throws Exception {
    settings();
    bench.prepare("uid", "{}", SETTINGS);
    Mount whole = bench.mount("uid", SETTINGS, "{}", "");
    assertThat(whole.readOnly()).isTrue();
    assertThat(Path.of(whole.hostPath()).resolve("color")).hasContent("red");
    assertThat(FileModes.of(Path.of(whole.hostPath()).resolve("color").toRealPath()))
        .isEqualTo(0400);
    assertThat(Path.of(bench.mount("uid", SETTINGS, "{}", "color").hostPath())).hasContent("red");
    assertThat(bench.mounted()).isEmpty();
  }

  @Test
  void secrets_do_not_reach_the_disk() throws Exception {
    bench
        .api
        .create(
            ResourceScope.namespace(new GroupResource("", "secrets"), "acme", "default"),
            VolumeBench.json(
                "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'key'},"
                    + "'data':{'pem':'c2VjcmV0'}}"))
        .orThrow();
    String secret = "{'secret':{'secretName':'key'}}";
    bench.prepare("a", "{}", secret);
    bench.prepare("b", "{}", secret);
    bench.refresh("a", secret);
    Path file = Path.of(bench.mount("a", secret, "{}", "pem").hostPath());
    assertThat(file).hasContent("secret");
    assertThat(Files.getFileStore(file).type()).isEqualTo("tmpfs");
    assertThat(bench.mounted()).hasSize(1);
    bench.release("a");
    assertThat(file).doesNotExist();
    assertThat(bench.content("b").resolve("pem")).hasContent("secret");
    bench.folder("b").delete();
    bench.volumes.sweep();
    assertThat(bench.mounted()).isEmpty();
  }

  @Test
  void a_part_of_a_volume_is_mounted_for_each_place_and_goes_with_the_pod() throws Exception {
    bench.prepare("uid", "{}", EMPTY);
    Mount part = bench.mount("uid", EMPTY, "{}", "a/b");
    assertThat(part.readOnly()).isFalse();
    Files.writeString(Path.of(part.hostPath()).resolve("file"), "x");
    assertThat(bench.content("uid").resolve("a/b/file")).hasContent("x");
    assertThat(bench.mount("uid", EMPTY, "{}", "a/b")).isEqualTo(part);
    assertThat(bench.mounted()).hasSize(1);
    bench.release("uid");
    assertThat(bench.mounted()).isEmpty();
    assertThat(data.resolve("pods/uid")).doesNotExist();
  }

  @Test
  void mounts_are_propagated_as_asked() throws Exception {
    bench.prepare("uid", "{}", EMPTY);
    assertThat(bench.mount("uid", EMPTY, "{}", "").propagation()).isEqualTo(Mount.Propagation.NONE);
    assertThat(
            bench.mount("uid", EMPTY, "{'mountPropagation':'HostToContainer'}", "").propagation())
        .isEqualTo(Mount.Propagation.FROM_HOST);
    assertThat(bench.mount("uid", EMPTY, "{'mountPropagation':'Bidirectional'}", "").propagation())
        .isEqualTo(Mount.Propagation.BOTH);
  }

  @Test
  void read_only_to_the_last_folder_is_refused_where_it_would_not_be() throws Exception {
    bench.prepare("uid", "{}", EMPTY);
    String recursive = "{'readOnly':true,'recursiveReadOnly':'Enabled'}";
    assertThat(bench.mount("uid", EMPTY, recursive, "").readOnly()).isTrue();
    Path inner = Files.createDirectory(bench.content("uid").resolve("inner"));
    new Mounter().memory(inner, 1 << 20, "0755");
    assertThatThrownBy(() -> bench.mount("uid", EMPTY, recursive, ""))
        .hasMessageStartingWith("failed to resolve recursive read-only mode: volume \"v\"");
    assertThat(
            bench
                .mount("uid", EMPTY, "{'readOnly':true,'recursiveReadOnly':'IfPossible'}", "")
                .readOnly())
        .isTrue();
  }

  @Test
  void what_cannot_be_mounted_says_why() {
    assertThatThrownBy(() -> bench.prepare("uid", "{}", "{'rbd':{}}"))
        .hasMessage(
            "MountVolume.SetUp failed for volume \"v\" : this node has no volumes of that kind");
    assertThatThrownBy(() -> bench.prepare("uid", "{}", "{'nfs':{'server':'-a','path':'/'}}"))
        .hasMessageEndingWith("\"-a:/\" is no folder of an NFS server");
    String device = "{'containers':[{'name':'c','volumeDevices':[{'name':'v'}]}]}";
    assertThatThrownBy(() -> bench.prepare("uid", device, EMPTY))
        .hasMessage("volume v has volumeMode Filesystem, but is specified in volumeDevices");
    assertThatThrownBy(
            () -> bench.prepare("uid", "{}", "{'projected':{'sources':[{'passport':{}}]}}"))
        .hasMessageEndingWith("this node projects no source of that kind");
  }
}
