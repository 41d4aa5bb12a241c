package dev.argosy.agent.pod.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
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
  private static final ObjectKey CLAIM = new ObjectKey(CLAIMS, "acme", "default", "data");

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

  private Path link(PodFolder folder) throws Exception {
    return ClaimFolder.link(source, POD, "data", folder, folder.volume("data"));
  }

  private void claim(String volume, String provisioner, String phase) {
    ObjectNode claim = Json.object();
    claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    claim
        .putObject("metadata")
        .put("name", "data")
        .putObject("annotations")
        .put("volume.kubernetes.io/storage-provisioner", provisioner);
    claim.putObject("spec").put("volumeName", volume);
    api.create(ResourceScope.namespace(CLAIMS, "acme", "default"), claim).orThrow();
    ObjectNode status = Json.object();
    status.putObject("status").put("phase", phase);
    api.patch(CLAIM, "status", Patch.merge(status)).orThrow();
  }
}
