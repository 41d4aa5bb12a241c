package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes are attached where pods use them; a test stands for the driver's attacher. */
class AttachScenarioTest {

  private static final String HELD =
      "FailedAttachVolume: Multi-Attach error for volume \"data\" Volume is already used by pod(s)"
          + " first";

  private final TestCluster cluster = new TestCluster();
  private final CsiObjects csi = new CsiObjects(cluster);

  @BeforeEach
  void nodes() {
    cluster.addLivingNode("node-2");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void the_name_of_an_attachment_is_Kubernetes_own() {
    assertThat(AttachmentView.name("vol-1", "ebs.csi.aws.com", "n1"))
        .isEqualTo("csi-ddbfb4470da740e26d0871a8e7cbfaaea0fe241c682170c176b52f44abb4a3be")
        .hasSize(68);
  }

  @Test
  void a_volume_is_attached_for_a_pod_and_detached_after_it() {
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-1", "data");
    awaitPlaces("data@node-1");
    var spec = cluster.client.get(CsiObjects.attachment("data", "node-1")).orThrow().tree();
    assertThat(CsiObjects.text(spec, "/spec/attacher")).isEqualTo(CsiObjects.DRIVER);
    assertThat(csi.said("node-1")).isEmpty();
    csi.attached("data", "node-1", "{'attached':true}");
    cluster.await("the node's word", () -> csi.said("node-1").equals(Set.of("data")));
    cluster.await(
        "the event",
        () ->
            csi.events()
                .contains(
                    "SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume \"data\" "));
    csi.used("node-1", "data");
    cluster.settle();
    csi.delete(Kinds.PODS, "first");
    cluster.await("its end", () -> cluster.list(Kinds.PODS).isEmpty());
    cluster.elapse(Duration.ofMinutes(7));
    assertThat(csi.places()).containsExactly("data@node-1");
    assertThat(csi.said("node-1")).containsExactly("data");
    csi.used("node-1");
    awaitPlaces();
    assertThat(csi.said("node-1")).isEmpty();
  }

  @Test
  void a_volume_of_one_node_waits_until_the_other_node_has_let_it_go() {
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-1", "data");
    awaitPlaces("data@node-1");
    csi.attached("data", "node-1", "{'attached':true}");
    cluster.await("the node's word", () -> csi.said("node-1").equals(Set.of("data")));
    csi.used("node-1", "data");
    cluster.settle();
    csi.pod("second", "node-2", "data");
    cluster.await("the event", () -> csi.events().contains(HELD));
    csi.delete(Kinds.PODS, "first");
    cluster.elapse(Duration.ofSeconds(30));
    assertThat(csi.places()).containsExactly("data@node-1");
    csi.used("node-1");
    awaitPlaces("data@node-2");
  }

  @Test
  void a_volume_of_many_nodes_is_attached_to_all() {
    csi.bound("data", "ReadWriteMany");
    csi.pod("first", "node-1", "data");
    csi.pod("second", "node-2", "data");
    awaitPlaces("data@node-1", "data@node-2");
  }

  @Test
  void two_nodes_at_once_never_both_get_a_volume_of_one() {
    csi.bound("data", "ReadWriteOnce");
    cluster.stop();
    csi.pod("first", "node-1", "data");
    csi.pod("second", "node-2", "data");
    cluster.crash();
    awaitPlaces("data@node-1");
    cluster.await("the event", () -> csi.events().contains(HELD));
    assertThat(csi.places()).containsExactly("data@node-1");
  }

  @Test
  void drivers_that_need_no_attachment_get_none() {
    csi.driver("", "'attachRequired':false");
    cluster.settle();
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-1", "data");
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(csi.places()).isEmpty();
    csi.inTenant(
        Kinds.CSI_DRIVERS,
        "{'metadata':{'name':'%s'},'spec':{'attachRequired':true}}".formatted(CsiObjects.DRIVER));
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(csi.places()).as("what root says counts first").isEmpty();
    cluster
        .client
        .delete(
            new ObjectKey(Kinds.CSI_DRIVERS, "root", "", CsiObjects.DRIVER), DeleteOptions.DEFAULT)
        .orThrow();
    awaitPlaces("data@node-1");
  }

  @Test
  void a_node_that_is_not_ready_keeps_its_volumes_for_six_minutes() {
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-1", "data");
    awaitPlaces("data@node-1");
    csi.attached("data", "node-1", "{'attached':true}");
    csi.used("node-1", "data");
    cluster.settle();
    csi.ready("node-1", false);
    cluster.client.delete(TestCluster.key(Kinds.PODS, "first"), DeleteOptions.DEFAULT).orThrow();
    cluster.await("its end", () -> cluster.list(Kinds.PODS).isEmpty());
    cluster.elapse(Duration.ofMinutes(5));
    assertThat(csi.places()).containsExactly("data@node-1");
    cluster.elapse(Duration.ofSeconds(90));
    awaitPlaces();
    assertThat(csi.said("node-1")).isEmpty();
  }

  @Test
  void a_node_that_is_out_of_service_loses_them_at_once() {
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-1", "data");
    awaitPlaces("data@node-1");
    csi.attached("data", "node-1", "{'attached':true}");
    csi.used("node-1", "data");
    cluster.settle();
    csi.ready("node-1", false);
    csi.delete(Kinds.PODS, "first");
    csi.patchNode(
        "node-1",
        "",
        CsiObjects.json(
            "{'spec':{'taints':[{'key':'node.kubernetes.io/out-of-service','effect':'NoExecute'}]}}"));
    awaitPlaces();
  }

  @Test
  void what_went_wrong_is_told_once() {
    csi.bound("data", "ReadWriteOnce");
    csi.pod("first", "node-1", "data");
    awaitPlaces("data@node-1");
    csi.attached("data", "node-1", "{'attachError':{'message':'no such disk'}}");
    cluster.await(
        "the event",
        () ->
            csi.events()
                .contains(
                    "FailedAttachVolume: AttachVolume.Attach failed for volume \"data\" : no such"
                        + " disk"));
    assertThat(csi.said("node-1")).isEmpty();
  }

  @Test
  void attachments_of_others_are_left_alone() {
    csi.bound("data", "ReadWriteOnce");
    csi.inTenant(
        Kinds.ATTACHMENTS,
        "{'metadata':{'name':'mine'},'spec':{'attacher':'%s','nodeName':'node-1','source':{'persistentVolumeName':'data'}}}"
            .formatted(CsiObjects.DRIVER));
    cluster.elapse(Duration.ofMinutes(1));
    assertThat(csi.places()).containsExactly("data@node-1");
  }

  @Test
  void what_a_node_says_of_volumes_that_are_gone_is_taken_back() {
    csi.patchNode(
        "node-2",
        "status",
        CsiObjects.json(
            "{'status':{'volumesAttached':[{'name':'kubernetes.io/csi/%s^h-gone','devicePath':''}]}}"
                .formatted(CsiObjects.DRIVER)));
    cluster.await("its end", () -> csi.said("node-2").isEmpty());
  }

  private void awaitPlaces(String... places) {
    cluster.await("attachments", () -> csi.places().equals(Set.of(places)), csi::places);
  }
}
