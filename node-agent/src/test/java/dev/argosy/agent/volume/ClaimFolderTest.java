package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ClaimFolderTest {

  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  private static final ObjectKey POD =
      new ObjectKey(new GroupResource("", "pods"), "acme", "default", "db-0");

  @TempDir Path data;

  private final ApiClient api = new FakeApi(Clock.systemUTC(), "acme").client();
  private final ConfigSource source = new ConfigSource(api);

  @Test
  void whatAClaimHoldsOutlivesThePod() throws Exception {
    claim("pvc-1", "argosy.dev/local-path", "Bound");
    PodFolder first = PodFolder.of(data, "uid-1");
    Path kept = link(first);
    assertThat(kept).isEqualTo(data.resolve("volumes/acme/pvc-1").toAbsolutePath());
    Files.writeString(first.volume("data").resolve("table"), "rows");
    first.delete();
    assertThat(first.path()).doesNotExist();
    PodFolder second = PodFolder.of(data, "uid-2");
    link(second);
    link(second);
    assertThat(second.volume("data").resolve("table")).hasContent("rows");
  }

  @Test
  void aClaimMustBeThereAndBound() {
    assertThatThrownBy(() -> link(PodFolder.of(data, "uid")))
        .hasMessage("persistentvolumeclaim \"data\" not found");
    claim("", "argosy.dev/local-path", "Pending");
    assertThatThrownBy(() -> link(PodFolder.of(data, "uid"))).hasMessage("PVC is not bound");
  }

  @Test
  void onlyVolumesOfThePlatformAreMountedAndNoneOutsideItsFolder() {
    claim("../../etc", "argosy.dev/local-path", "Bound");
    assertThatThrownBy(() -> link(PodFolder.of(data, "uid")))
        .hasMessage("this node has no volumes of that kind");
  }

  @Test
  void whatAnEphemeralVolumeHoldsGoesWithThePod() throws Exception {
    PodFolder folder = PodFolder.of(data, "uid-1");
    Path path = folder.volume("scratch");
    assertThatThrownBy(() -> ClaimFolder.own(source, pod("uid-1"), "scratch", path))
        .hasMessage("persistentvolumeclaim \"db-0-scratch\" not found");
    claim("db-0-scratch", "pvc-1", "argosy.dev/local-path", "Bound");
    assertThatThrownBy(() -> ClaimFolder.own(source, pod("uid-1"), "scratch", path))
        .hasMessage(
            "PVC default/db-0-scratch was not created for pod default/db-0 (pod is not owner)");
    ObjectNode owner = Json.object();
    owner
        .putObject("metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("name", "db-0")
        .put("uid", "uid-1")
        .put("controller", true);
    api.patch(key("db-0-scratch"), "", Patch.merge(owner)).orThrow();
    ClaimFolder.own(source, pod("uid-1"), "scratch", path);
    Files.writeString(path.resolve("table"), "rows");
    ClaimFolder.own(source, pod("uid-1"), "scratch", path);
    assertThat(path.resolve("table")).hasContent("rows");
    folder.delete();
    assertThat(path).doesNotExist();
    assertThat(data.resolve("volumes")).doesNotExist();
    assertThatThrownBy(() -> ClaimFolder.own(source, pod("uid-2"), "scratch", path))
        .hasMessageContaining("pod is not owner");
  }

  private static PodView pod(String uid) {
    ObjectNode pod = Json.object();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", "db-0").put("uid", uid);
    return PodView.of(ApiObject.ofStored(POD, 1, Json.mapper().writeValueAsBytes(pod)));
  }

  private static ObjectKey key(String claim) {
    return new ObjectKey(CLAIMS, "acme", "default", claim);
  }

  private Path link(PodFolder folder) throws Exception {
    return ClaimFolder.link(source, POD, "data", folder, folder.volume("data"));
  }

  private void claim(String volume, String provisioner, String phase) {
    claim("data", volume, provisioner, phase);
  }

  private void claim(String name, String volume, String provisioner, String phase) {
    ObjectNode claim = Json.object();
    claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    claim
        .putObject("metadata")
        .put("name", name)
        .putObject("annotations")
        .put("volume.kubernetes.io/storage-provisioner", provisioner);
    claim.putObject("spec").put("volumeName", volume);
    api.create(ResourceScope.namespace(CLAIMS, "acme", "default"), claim).orThrow();
    ObjectNode status = Json.object();
    status.putObject("status").put("phase", phase);
    api.patch(key(name), "status", Patch.merge(status)).orThrow();
  }
}
