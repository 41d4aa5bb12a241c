package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.FakeDriver.Failure;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The platform has volumes made and deleted by drivers that its administrator names. */
class ProvisionScenarioTest {

  private final TestCluster cluster = new TestCluster();
  private final CsiObjects csi = new CsiObjects(cluster);

  @BeforeEach
  void driver() {
    cluster.addLivingNode("node-2");
    for (String node : new String[] {"node-1", "node-2"}) {
      csi.csiNode(node);
      csi.patchNode(node, "", CsiObjects.json("{'metadata':{'labels':{'zone':'z-" + node + "'}}}"));
    }
    csi.driver("'argosy.dev/controller':'platform'", "");
  }

  @AfterEach
  void close() {
    cluster.close();
    assertThat(cluster.driver.wrongs()).isEmpty();
  }

  private void storage(String binding, String more) {
    csi.inTenant(
        Kinds.STORAGE_CLASSES,
        "{'metadata':{'name':'fast'},'provisioner':'%s','volumeBindingMode':'%s','reclaimPolicy':'Delete'%s}"
            .formatted(CsiObjects.DRIVER, binding, more));
  }

  private JsonNode claim() {
    return cluster.get(Kinds.VOLUME_CLAIMS, "data");
  }

  private String volumeName() {
    return "pvc-" + CsiObjects.text(claim(), "/metadata/uid");
  }

  private void awaitBound() {
    cluster.await(
        "binding",
        () -> CsiObjects.text(claim(), "/status/phase").equals("Bound"),
        () -> claim() + " " + csi.events());
  }

  private void select(String node) {
    cluster.patch(
        Kinds.VOLUME_CLAIMS,
        "data",
        "{\"metadata\":{\"annotations\":{\"volume.kubernetes.io/selected-node\":\"%s\"}}}"
            .formatted(node));
  }

  @Test
  void a_claim_gets_a_volume_and_takes_it_along() {
    cluster
        .client
        .create(
            ResourceScope.namespace(Kinds.SECRETS, TestCluster.TENANT, "default"),
            CsiObjects.json("{'metadata':{'name':'data-key'},'data':{'user':'bWU='}}"))
        .orThrow();
    storage(
        "Immediate",
        ",'mountOptions':['noatime'],'parameters':{'kind':'ssd','csi.storage.k8s.io/fstype':'xfs',"
            + "'csi.storage.k8s.io/provisioner-secret-name':'${pvc.name}-key',"
            + "'csi.storage.k8s.io/provisioner-secret-namespace':'${pvc.namespace}'}");
    csi.claim("data", "fast", "");
    awaitBound();
    JsonNode request = cluster.driver.calls("CreateVolume").getFirst().request();
    assertThat(CsiObjects.text(request, "/name")).isEqualTo(volumeName());
    assertThat(request.at("/capacityRange/requiredBytes").asLong(0)).isEqualTo(1L << 30);
    assertThat(request.path("parameters").toString()).isEqualTo("{\"kind\":\"ssd\"}");
    assertThat(CsiObjects.text(request, "/secrets/user")).isEqualTo("me");
    assertThat(request.path("volumeCapabilities").toString())
        .isEqualTo(
            "[{\"mount\":{\"fsType\":\"xfs\",\"mountFlags\":[\"noatime\"]},"
                + "\"accessMode\":{\"mode\":\"SINGLE_NODE_WRITER\"}}]");
    assertThat(request.at("/accessibilityRequirements/requisite")).hasSize(2);
    JsonNode volume = csi.volume(volumeName());
    assertThat(CsiObjects.text(volume, "/spec/csi/volumeAttributes/made")).isEqualTo("here");
    assertThat(CsiObjects.text(volume, "/spec/csi/fsType")).isEqualTo("xfs");
    assertThat(CsiObjects.text(volume, "/spec/capacity/storage")).isEqualTo("1Gi");
    assertThat(volume.at("/metadata/finalizers").toString())
        .contains("external-provisioner.volume.kubernetes.io/finalizer");
    assertThat(volume.at("/spec/nodeAffinity/required/nodeSelectorTerms")).hasSize(1);
    cluster.await(
        "rest", () -> !claim().at("/metadata/finalizers").toString().contains("argosy.dev"));
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.await("its end", () -> csi.all(Kinds.VOLUMES, TestCluster.TENANT).isEmpty());
    assertThat(cluster.driver.volumes()).isEmpty();
    JsonNode deletion = cluster.driver.calls("DeleteVolume").getFirst().request();
    assertThat(CsiObjects.text(deletion, "/secrets/user")).isEqualTo("me");
  }

  @Test
  void a_claim_that_waits_gets_its_volume_where_its_pod_is_to_run() {
    storage("WaitForFirstConsumer", "");
    csi.claim("data", "fast", "");
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(cluster.driver.calls("CreateVolume")).isEmpty();
    select("node-2");
    awaitBound();
    FakeDriver.Call call = cluster.driver.calls("CreateVolume").getFirst();
    assertThat(call.node()).isEqualTo("node-2");
    assertThat(call.request().path("accessibilityRequirements").toString())
        .isEqualTo(
            "{\"requisite\":[{\"segments\":{\"zone\":\"z-node-2\"}}],"
                + "\"preferred\":[{\"segments\":{\"zone\":\"z-node-2\"}}]}");
    assertThat(
            CsiObjects.text(
                csi.volume(volumeName()),
                "/spec/nodeAffinity/required/nodeSelectorTerms/0/matchExpressions/0/values/0"))
        .isEqualTo("z-node-2");
  }

  @Test
  void a_node_without_room_is_given_up() {
    storage("WaitForFirstConsumer", "");
    cluster.driver.setFailure(
        call -> new Failure(call.node().equals("node-1") ? "RESOURCE_EXHAUSTED" : "", false));
    csi.claim("data", "fast", "");
    select("node-1");
    cluster.await(
        "another choice",
        () ->
            !cluster.driver.calls("CreateVolume").isEmpty()
                && !claim().at("/metadata/annotations").toString().contains("node-1"));
    select("node-2");
    awaitBound();
  }

  @Test
  void a_node_that_may_have_made_it_is_not_given_up() {
    storage("WaitForFirstConsumer", "");
    cluster.driver.setFailure(call -> new Failure("DEADLINE_EXCEEDED", true));
    csi.claim("data", "fast", "");
    select("node-1");
    cluster.await("a few tries", () -> cluster.driver.calls("CreateVolume").size() > 3);
    cluster.await(
        "the event",
        () ->
            csi.events()
                .contains(
                    "ProvisioningFailed: failed to provision volume with StorageClass \"fast\": rpc"
                        + " error: code = DeadlineExceeded desc = as told"),
        csi::events);
    cluster.crash();
    assertThat(claim().at("/metadata/annotations").toString()).contains("node-1");
    cluster.driver.setFailure(call -> new Failure("", false));
    awaitBound();
    assertThat(cluster.driver.volumes()).hasSize(1);
  }

  @Test
  void a_claim_that_goes_before_its_volume_is_known_leaves_nothing_behind() {
    storage("Immediate", "");
    cluster.driver.setFailure(
        call -> new Failure(call.method().equals("CreateVolume") ? "DEADLINE_EXCEEDED" : "", true));
    csi.claim("data", "fast", "");
    cluster.await("the driver's work", () -> !cluster.driver.volumes().isEmpty());
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.crash();
    cluster.elapse(Duration.ofSeconds(30));
    assertThat(claim().isEmpty()).isFalse();
    cluster.driver.setFailure(call -> new Failure("", false));
    cluster.await("its end", () -> claim().isEmpty() && cluster.driver.volumes().isEmpty());
    cluster.await("the volume", () -> csi.all(Kinds.VOLUMES, TestCluster.TENANT).isEmpty());
  }

  /** As a tenant's does that is being removed. */
  @Test
  void a_claim_that_goes_where_nothing_new_is_taken_leaves_nothing_at_the_driver() {
    storage("Immediate", "");
    cluster.driver.setFailure(
        call -> new Failure(call.method().equals("CreateVolume") ? "DEADLINE_EXCEEDED" : "", true));
    csi.claim("data", "fast", "");
    cluster.await("the driver's work", () -> !cluster.driver.volumes().isEmpty());
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.api.setFault((verb, resource, name) ->
        verb.equals("create") && resource.equals(Kinds.VOLUMES)
            ? Optional.of(Status.forbidden(resource, name, "it is being terminated"))
            : Optional.empty());
    cluster.driver.setFailure(call -> new Failure("", false));
    cluster.await("its end", () -> claim().isEmpty());
    assertThat(cluster.driver.volumes()).isEmpty();
  }

  @Test
  void a_volume_says_why_its_driver_does_not_delete_it() {
    storage("Immediate", "");
    csi.claim("data", "fast", "");
    awaitBound();
    String name = volumeName();
    cluster.driver.setFailure(
        call -> new Failure(call.method().equals("DeleteVolume") ? "INTERNAL" : "", false));
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.await(
        "the message",
        () ->
            CsiObjects.text(csi.volume(name), "/status/message")
                .equals("rpc error: code = Internal desc = as told"),
        () -> csi.volume(name));
    int asked = cluster.driver.calls("DeleteVolume").size();
    assertThat(asked).as("noting it does not begin the next try").isLessThan(4);
    cluster.driver.setFailure(call -> new Failure("", false));
    cluster.await("its end", () -> csi.volume(name).isEmpty());
  }

  /** It need not wait for the next try, which may be a minute away. */
  @Test
  void a_driver_that_is_back_is_asked_at_once() {
    storage("Immediate", "");
    csi.claim("data", "fast", "");
    awaitBound();
    String name = volumeName();
    String none = "{\"spec\":{\"drivers\":[]}}";
    cluster.patchRoot(Kinds.CSI_NODES, "node-1", none);
    cluster.patchRoot(Kinds.CSI_NODES, "node-2", none);
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.elapse(Duration.ofMinutes(10));
    assertThat(CsiObjects.text(csi.volume(name), "/status/message"))
        .endsWith("driver disk.example.com is registered on no node that is ready");
    Instant back = cluster.timers.now();
    cluster.patchRoot(
        Kinds.CSI_NODES,
        "node-2",
        "{\"spec\":{\"drivers\":[{\"name\":\"disk.example.com\",\"nodeID\":\"id-node-2\"}]}}");
    cluster.await("its end", () -> csi.volume(name).isEmpty());
    assertThat(Duration.between(back, cluster.timers.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void a_claim_that_cannot_be_served_goes_when_it_is_deleted() {
    storage("Immediate", "");
    cluster.driver.setFailure(call -> new Failure("INVALID_ARGUMENT", false));
    csi.claim("data", "fast", "");
    cluster.await("a try", () -> !cluster.driver.calls("CreateVolume").isEmpty());
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.await("its end", () -> claim().isEmpty());
  }

  @Test
  void a_volume_is_not_deleted_while_it_is_attached() {
    storage("Immediate", "");
    csi.claim("data", "fast", "");
    awaitBound();
    String name = volumeName();
    csi.pod("first", "node-1", "data");
    cluster.await("attachment", () -> !cluster.driver.published().isEmpty());
    cluster.driver.setFailure(call ->
        new Failure(call.method().equals("ControllerUnpublishVolume") ? "INTERNAL" : "", false));
    csi.delete(Kinds.PODS, "first");
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.await(
        "release", () -> CsiObjects.text(csi.volume(name), "/status/phase").equals("Released"));
    cluster.elapse(Duration.ofMinutes(2));
    assertThat(cluster.driver.calls("DeleteVolume")).isEmpty();
    cluster.driver.setFailure(call -> new Failure("", false));
    cluster.await("its end", () -> csi.volume(name).isEmpty());
    assertThat(cluster.driver.volumes()).isEmpty();
  }

  @Test
  void a_volume_that_is_to_be_kept_is_kept() {
    storage("Immediate", "");
    csi.claim("data", "fast", "");
    awaitBound();
    ObjectKey key = new ObjectKey(Kinds.VOLUMES, TestCluster.TENANT, "", volumeName());
    cluster
        .client
        .patch(
            key,
            "",
            dev.argosy.model.client.Patch.merge(
                CsiObjects.json("{'spec':{'persistentVolumeReclaimPolicy':'Retain'}}")))
        .orThrow();
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.await(
        "release",
        () -> CsiObjects.text(csi.volume(key.name()), "/status/phase").equals("Released"));
    cluster.client.delete(key, DeleteOptions.DEFAULT).orThrow();
    cluster.await("its end", () -> csi.volume(key.name()).isEmpty());
    assertThat(cluster.driver.volumes()).hasSize(1);
  }

  @Test
  void claims_of_drivers_that_others_look_after_are_left_to_them() {
    csi.inTenant(
        Kinds.STORAGE_CLASSES,
        "{'metadata':{'name':'other'},'provisioner':'other.example.com','volumeBindingMode':'Immediate'}");
    csi.claim("data", "other", "");
    cluster.elapse(Duration.ofSeconds(20));
    assertThat(cluster.driver.calls("CreateVolume")).isEmpty();
    assertThat(claim().at("/metadata/finalizers")).hasSize(1);
    cluster.await(
        "the event",
        () -> csi.events().stream().anyMatch(e -> e.startsWith("ExternalProvisioning")),
        csi::events);
    assertThat(Set.copyOf(csi.all(Kinds.VOLUMES, TestCluster.TENANT))).isEmpty();
  }
}
