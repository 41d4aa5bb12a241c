package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "Persistent Volumes" promises. */
class VolumeScenarioTest {

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void a_claim_gets_the_smallest_volume_that_fits_and_keeps_it() {
    volume("big", "10Gi", "Retain");
    volume("small", "1Gi", "Retain");
    volume("fitting", "3Gi", "Retain");
    cluster.await("all free", () -> phases().equals(Set.of("Available")));
    claim("data", "2Gi", "");
    cluster.await("binding", () -> claim().at("/status/phase").asString("").equals("Bound"));
    assertThat(claim().at("/spec/volumeName").asString("")).isEqualTo("fitting");
    assertThat(claim().at("/status/capacity/storage").asString("")).isEqualTo("3Gi");
    assertThat(volume("fitting").at("/spec/claimRef/name").asString("")).isEqualTo("data");
    assertThat(volume("fitting").at("/status/phase").asString("")).isEqualTo("Bound");
    cluster.crash();
    cluster
        .client
        .delete(TestCluster.key(Kinds.VOLUME_CLAIMS, "data"), DeleteOptions.DEFAULT)
        .orThrow();
    cluster.await(
        "release", () -> volume("fitting").at("/status/phase").asString("").equals("Released"));
  }

  @Test
  void a_claim_that_nothing_fits_waits_until_something_does() {
    claim("data", "2Gi", "");
    cluster.await(
        "the event",
        () ->
            events()
                .contains(
                    "no persistent volumes available for this claim and no storage class is set"));
    volume("late", "2Gi", "Retain");
    cluster.await("binding", () -> claim().at("/status/phase").asString("").equals("Bound"));
  }

  @Test
  void a_claim_of_the_platforms_class_gets_a_volume_on_the_node_of_its_first_pod() {
    storage("local-path", "argosy.dev/local-path", "WaitForFirstConsumer");
    claim("data", "1Gi", "local-path");
    cluster.await(
        "the event",
        () -> events().contains("waiting for first consumer to be created before binding"));
    assertThat(volumes()).isEmpty();
    cluster.patch(
        Kinds.VOLUME_CLAIMS,
        "data",
        "{\"metadata\":{\"annotations\":{\"volume.kubernetes.io/selected-node\":\"node-1\"}}}");
    cluster.await("binding", () -> claim().at("/status/phase").asString("").equals("Bound"));
    JsonNode made = volumes().getFirst().tree();
    assertThat(made.at("/metadata/name").asString(""))
        .isEqualTo("pvc-" + claim().at("/metadata/uid").asString(""));
    assertThat(
            made.at("/spec/nodeAffinity/required/nodeSelectorTerms/0/matchExpressions/0/values/0")
                .asString(""))
        .isEqualTo("node-1");
    assertThat(
            claim()
                .path("metadata")
                .path("annotations")
                .path("volume.kubernetes.io/storage-provisioner")
                .asString(""))
        .isEqualTo("argosy.dev/local-path");
    cluster
        .client
        .delete(TestCluster.key(Kinds.VOLUME_CLAIMS, "data"), DeleteOptions.DEFAULT)
        .orThrow();
    cluster.await("its end", () -> volumes().isEmpty());
  }

  @Test
  void a_claim_that_asks_for_more_gets_a_larger_volume_and_waits_for_its_node() {
    storage("local-path", "argosy.dev/local-path", "WaitForFirstConsumer");
    claim("data", "1Gi", "local-path");
    cluster.patch(
        Kinds.VOLUME_CLAIMS,
        "data",
        "{\"metadata\":{\"annotations\":{\"volume.kubernetes.io/selected-node\":\"node-1\"}}}");
    cluster.await("binding", () -> claim().at("/status/phase").asString("").equals("Bound"));
    cluster.patch(
        Kinds.VOLUME_CLAIMS,
        "data",
        "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"3Gi\"}}}}");
    cluster.await(
        "the condition",
        () ->
            claim().at("/status/conditions/0/type").asString("").equals("FileSystemResizePending"));
    assertThat(volumes().getFirst().tree().at("/spec/capacity/storage").asString(""))
        .isEqualTo("3Gi");
    assertThat(claim().at("/status/capacity/storage").asString("")).isEqualTo("1Gi");
    assertThat(claim().at("/status/allocatedResources/storage").asString("")).isEqualTo("3Gi");
    assertThat(claim().at("/status/conditions")).hasSize(1);
    cluster.await(
        "the event", () -> events().contains("Require file system resize of volume on node"));
  }

  @Test
  void a_claim_of_the_platforms_class_may_be_a_block_device() {
    storage("local-path", "argosy.dev/local-path", "WaitForFirstConsumer");
    ObjectNode claim = claimTree("data", "1Gi", "local-path");
    claim.withObject("/spec").put("volumeMode", "Block");
    claim
        .withObject("/metadata")
        .putObject("annotations")
        .put("volume.kubernetes.io/selected-node", "node-1");
    cluster.create(Kinds.VOLUME_CLAIMS, claim);
    cluster.await("binding", () -> claim().at("/status/phase").asString("").equals("Bound"));
    assertThat(volumes().getFirst().tree().at("/spec/volumeMode").asString("")).isEqualTo("Block");
  }

  @Test
  void a_claim_with_a_node_gets_a_volume_that_is_reached_from_there() {
    storage("static", "kubernetes.io/no-provisioner", "WaitForFirstConsumer");
    placed("far", "node-2");
    claim("data", "1Gi", "static");
    String select =
        "{\"metadata\":{\"annotations\":{\"volume.kubernetes.io/selected-node\":\"node-1\"}}}";
    cluster.patch(Kinds.VOLUME_CLAIMS, "data", select);
    cluster.await(
        "another choice", () -> !claim().at("/metadata/annotations").toString().contains("node-1"));
    assertThat(claim().at("/spec/volumeName").asString("")).isEmpty();
    new CsiObjects(cluster).pod("early", "node-1", "data");
    cluster.settle();
    cluster.patch(Kinds.VOLUME_CLAIMS, "data", select);
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(claim().at("/metadata/annotations").toString())
        .as("its pod is there already")
        .contains("node-1");
    placed("near", "node-1");
    cluster.await("binding", () -> claim().at("/status/phase").asString("").equals("Bound"));
    assertThat(claim().at("/spec/volumeName").asString("")).isEqualTo("near");
  }

  private void placed(String name, String node) {
    ObjectNode volume = TestCluster.object("v1", "PersistentVolume", name);
    ObjectNode spec = volume.putObject("spec").put("storageClassName", "static");
    spec.putObject("capacity").put("storage", "1Gi");
    spec.putArray("accessModes").add("ReadWriteOnce");
    ObjectNode label =
        spec.putObject("nodeAffinity")
            .putObject("required")
            .putArray("nodeSelectorTerms")
            .addObject()
            .putArray("matchFields")
            .addObject()
            .put("key", "metadata.name")
            .put("operator", "In");
    label.putArray("values").add(node);
    cluster
        .client
        .create(ResourceScope.cluster(Kinds.VOLUMES, TestCluster.TENANT), volume)
        .orThrow();
  }

  @Test
  void a_claim_of_anothers_class_is_handed_over() {
    storage("fast", "example.com/disks", "Immediate");
    claim("data", "1Gi", "fast");
    cluster.await(
        "the annotation",
        () ->
            claim()
                .path("metadata")
                .path("annotations")
                .path("volume.kubernetes.io/storage-provisioner")
                .asString("")
                .equals("example.com/disks"));
  }

  @Test
  void a_deleted_claim_stays_as_long_as_a_pod_uses_it() {
    ObjectNode claim = claimTree("data", "1Gi", "");
    claim.withObject("/metadata").putArray("finalizers").add("kubernetes.io/pvc-protection");
    cluster.create(Kinds.VOLUME_CLAIMS, claim);
    ObjectNode pod = TestCluster.object("v1", "Pod", "user");
    ObjectNode spec = pod.putObject("spec");
    spec.putArray("containers").addObject().put("name", "c");
    spec.putArray("volumes")
        .addObject()
        .put("name", "v")
        .putObject("persistentVolumeClaim")
        .put("claimName", "data");
    cluster.create(Kinds.PODS, pod);
    cluster
        .client
        .delete(TestCluster.key(Kinds.VOLUME_CLAIMS, "data"), DeleteOptions.DEFAULT)
        .orThrow();
    cluster.elapse(java.time.Duration.ofSeconds(10));
    assertThat(claim().has("metadata")).isTrue();
    cluster.client.delete(TestCluster.key(Kinds.PODS, "user"), DeleteOptions.DEFAULT).orThrow();
    cluster.await("its end", () -> !claim().has("metadata"));
  }

  private void storage(String name, String provisioner, String mode) {
    ObjectNode storage = TestCluster.object("storage.k8s.io/v1", "StorageClass", name);
    storage.put("provisioner", provisioner).put("reclaimPolicy", "Delete");
    storage.put("volumeBindingMode", mode);
    inCluster(Kinds.STORAGE_CLASSES, storage);
  }

  private void volume(String name, String size, String reclaim) {
    ObjectNode volume = TestCluster.object("v1", "PersistentVolume", name);
    ObjectNode spec = volume.putObject("spec").put("persistentVolumeReclaimPolicy", reclaim);
    spec.putObject("capacity").put("storage", size);
    spec.putArray("accessModes").add("ReadWriteOnce");
    inCluster(Kinds.VOLUMES, volume);
  }

  private void inCluster(GroupResource resource, ObjectNode object) {
    cluster.client.create(ResourceScope.cluster(resource, TestCluster.TENANT), object).orThrow();
  }

  private void claim(String name, String size, String storage) {
    cluster.create(Kinds.VOLUME_CLAIMS, claimTree(name, size, storage));
  }

  private static ObjectNode claimTree(String name, String size, String storage) {
    ObjectNode claim = TestCluster.object("v1", "PersistentVolumeClaim", name);
    ObjectNode spec = claim.putObject("spec");
    spec.putArray("accessModes").add("ReadWriteOnce");
    spec.putObject("resources").putObject("requests").put("storage", size);
    if (!storage.isEmpty()) {
      spec.put("storageClassName", storage);
    }
    return claim;
  }

  private JsonNode claim() {
    return cluster.get(Kinds.VOLUME_CLAIMS, "data");
  }

  private JsonNode volume(String name) {
    return cluster
        .client
        .get(new ObjectKey(Kinds.VOLUMES, TestCluster.TENANT, "", name))
        .orAbsent()
        .<JsonNode>map(ApiObject::tree)
        .orElse(Json.object());
  }

  private List<ApiObject> volumes() {
    return cluster
        .client
        .list(
            ResourceScope.cluster(Kinds.VOLUMES, TestCluster.TENANT),
            dev.argosy.model.client.ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  private Set<String> phases() {
    return volumes().stream()
        .map(v -> v.tree().at("/status/phase").asString(""))
        .collect(Collectors.toSet());
  }

  private Set<String> events() {
    return cluster.list(Kinds.EVENTS).stream()
        .map(e -> e.tree().path("message").asString(""))
        .collect(Collectors.toSet());
  }
}
