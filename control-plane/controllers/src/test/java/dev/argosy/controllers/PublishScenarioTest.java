package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.FakeDriver.Failure;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The platform attaches volumes of drivers that its administrator says it shall. */
class PublishScenarioTest {

  private static final Set<String> ATTACHED = Set.of("h-data@id-node-2");

  private final TestCluster cluster = new TestCluster();
  private final CsiObjects csi = new CsiObjects(cluster);

  @BeforeEach
  void nodes() {
    cluster.addLivingNode("node-2");
    csi.csiNode("node-1");
    csi.csiNode("node-2");
  }

  @AfterEach
  void close() {
    cluster.close();
    assertThat(cluster.driver.wrongs()).isEmpty();
  }

  private void byPlatform() {
    csi.driver("'argosy.dev/controller':'platform'", "");
  }

  private JsonNode attachment() {
    return cluster.client.get(CsiObjects.attachment("data", "node-2")).orThrow().tree();
  }

  @Test
  void a_volume_is_published_for_a_pod_and_taken_back_after_it() {
    byPlatform();
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-2", "data");
    cluster.await("the node's word", () -> csi.said("node-2").equals(Set.of("data")));
    assertThat(cluster.driver.published()).isEqualTo(ATTACHED);
    assertThat(CsiObjects.text(attachment(), "/status/attachmentMetadata/device"))
        .isEqualTo("/dev/h-data");
    assertThat(CsiObjects.text(attachment(), "/metadata/finalizers/0"))
        .isEqualTo("external-attacher/disk.example.com");
    JsonNode request = cluster.driver.calls("ControllerPublishVolume").getFirst().request();
    assertThat(request.toString())
        .isEqualTo(
            "{\"volumeId\":\"h-data\",\"nodeId\":\"id-node-2\",\"volumeCapability\":{\"mount\":{},"
                + "\"accessMode\":{\"mode\":\"SINGLE_NODE_WRITER\"}}}");
    csi.delete(Kinds.PODS, "first");
    cluster.await("its end", () -> csi.attachments().isEmpty());
    assertThat(cluster.driver.published()).isEmpty();
    assertThat(csi.said("node-2")).isEmpty();
  }

  @Test
  void drivers_of_others_are_left_to_them() {
    csi.driver("", "");
    cluster.settle();
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-2", "data");
    cluster.await("attachment", () -> csi.places().equals(Set.of("data@node-2")));
    cluster.elapse(Duration.ofSeconds(30));
    assertThat(cluster.driver.calls("ControllerPublishVolume")).isEmpty();
    assertThat(attachment().has("status")).isFalse();
  }

  @Test
  void what_the_driver_says_is_told_and_tried_again() {
    byPlatform();
    cluster.driver.setFailure(call -> new Failure("INTERNAL", false));
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-2", "data");
    cluster.await(
        "the event",
        () ->
            csi.events()
                .contains(
                    "FailedAttachVolume: AttachVolume.Attach failed for volume \"data\" : rpc"
                        + " error: code = Internal desc = as told"));
    int tries = cluster.driver.calls("ControllerPublishVolume").size();
    cluster.elapse(Duration.ofMinutes(5));
    assertThat(cluster.driver.calls("ControllerPublishVolume").size() - tries).isBetween(4, 25);
    cluster.driver.setFailure(call -> new Failure("", false));
    cluster.await("attachment", () -> csi.said("node-2").equals(Set.of("data")));
    assertThat(attachment().path("status").has("attachError")).isFalse();
  }

  @Test
  void what_may_have_been_attached_is_taken_back() {
    byPlatform();
    cluster.driver.setFailure(call ->
        new Failure(
            call.method().equals("ControllerPublishVolume") ? "DEADLINE_EXCEEDED" : "", true));
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-2", "data");
    cluster.await("the driver's work", () -> cluster.driver.published().equals(ATTACHED));
    cluster.crash();
    csi.delete(Kinds.PODS, "first");
    cluster.await("its end", () -> csi.attachments().isEmpty());
    assertThat(cluster.driver.published()).isEmpty();
  }

  /** It need not wait for the next try, which may be a minute away. */
  @Test
  void a_driver_that_is_back_takes_back_at_once() {
    byPlatform();
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-2", "data");
    cluster.await("the node's word", () -> csi.said("node-2").equals(Set.of("data")));
    cluster.patchRoot(Kinds.CSI_NODES, "node-1", "{\"spec\":{\"drivers\":[]}}");
    cluster.patchRoot(Kinds.CSI_NODES, "node-2", "{\"spec\":{\"drivers\":[]}}");
    csi.delete(Kinds.PODS, "first");
    cluster.elapse(Duration.ofMinutes(10));
    assertThat(CsiObjects.text(attachment(), "/status/detachError/message"))
        .endsWith("driver disk.example.com is registered on no node that is ready");
    Instant back = cluster.timers.now();
    cluster.patchRoot(
        Kinds.CSI_NODES,
        "node-2",
        "{\"spec\":{\"drivers\":[{\"name\":\"disk.example.com\",\"nodeID\":\"id-node-2\"}]}}");
    cluster.await("its end", () -> csi.attachments().isEmpty());
    assertThat(Duration.between(back, cluster.timers.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(cluster.driver.published()).isEmpty();
  }

  @Test
  void drivers_that_attach_nothing_are_not_asked() {
    byPlatform();
    cluster.driver.setCapabilities("CREATE_DELETE_VOLUME");
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-2", "data");
    cluster.await("the node's word", () -> csi.said("node-2").equals(Set.of("data")));
    assertThat(cluster.driver.published()).isEmpty();
    assertThat(attachment().path("metadata").has("finalizers")).isFalse();
    csi.delete(Kinds.PODS, "first");
    cluster.await("its end", () -> csi.attachments().isEmpty());
  }

  @Test
  void secrets_go_to_the_driver() {
    byPlatform();
    cluster
        .client
        .create(
            ResourceScope.namespace(Kinds.SECRETS, TestCluster.TENANT, "default"),
            CsiObjects.json("{'metadata':{'name':'key'},'data':{'user':'bWU='}}"))
        .orThrow();
    String ref = "'controllerPublishSecretRef':{'name':'key','namespace':'default'}";
    csi.claim("data", "", "data");
    csi.inTenant(
        Kinds.VOLUMES,
        CsiObjects.volume("data", "ReadWriteOnce").replace("'csi':{", "'csi':{" + ref + ","));
    csi.pod("first", "node-2", "data");
    cluster.await("attachment", () -> cluster.driver.published().equals(ATTACHED));
    JsonNode request = cluster.driver.calls("ControllerPublishVolume").getFirst().request();
    assertThat(CsiObjects.text(request, "/secrets/user")).isEqualTo("me");
  }

  @Test
  void another_clusters_volume_is_not_attached() {
    byPlatform();
    csi.in("root", Kinds.VOLUMES, CsiObjects.volume("theirs", "ReadWriteOnce"));
    cluster.elapse(Duration.ofSeconds(10));
    csi.claim("data", "", "data");
    csi.inTenant(
        Kinds.VOLUMES, CsiObjects.volume("data", "ReadWriteOnce").replace("h-data", "h-theirs"));
    csi.pod("first", "node-2", "data");
    cluster.await(
        "the event",
        () ->
            csi.events()
                .contains(
                    "FailedAttachVolume: AttachVolume.Attach failed for volume \"data\" : its"
                        + " volumeHandle is not this cluster's; have the volume made for a"
                        + " claim"));
    assertThat(csi.attachments()).isEmpty();
    assertThat(cluster.driver.published()).isEmpty();
  }

  @Test
  void a_volume_stays_an_object_until_it_is_taken_back() {
    byPlatform();
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-2", "data");
    cluster.await("the node's word", () -> csi.said("node-2").equals(Set.of("data")));
    cluster
        .client
        .delete(
            new dev.argosy.model.object.ObjectKey(Kinds.VOLUMES, TestCluster.TENANT, "", "data"),
            dev.argosy.model.client.DeleteOptions.DEFAULT)
        .orThrow();
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    csi.delete(Kinds.PODS, "first");
    cluster.await("its end", () -> csi.volume("data").isEmpty());
    assertThat(cluster.driver.published()).isEmpty();
  }
}
