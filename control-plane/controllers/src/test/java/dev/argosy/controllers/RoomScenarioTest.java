package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.FakeDriver.Failure;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The platform tells where drivers have room, for the classes of all clusters. */
class RoomScenarioTest {

  private static final String OTHER = "zeta";
  private static final long GIB = 1L << 30;
  private static final String CAN =
      "CREATE_DELETE_VOLUME PUBLISH_UNPUBLISH_VOLUME EXPAND_VOLUME GET_CAPACITY";

  private final TestCluster cluster = new TestCluster(TestCluster.TENANT, OTHER);
  private final CsiObjects csi = new CsiObjects(cluster);

  @BeforeEach
  void driver() {
    cluster.addLivingNode("node-2");
    node("node-1", "a");
    node("node-2", "b");
    cluster.driver.setCapabilities(CAN);
    cluster.driver.setRoom("a", 10 * GIB);
    cluster.driver.setRoom("b", 4 * GIB);
    csi.driver("'argosy.dev/controller':'platform'", "'storageCapacity':true");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void node(String name, String zone) {
    csi.patchNode(name, "", CsiObjects.json("{'metadata':{'labels':{'zone':'" + zone + "'}}}"));
    csi.csiNode(name);
  }

  private void storage(String tenant, String name, String kind) {
    storage(tenant, name, kind, "WaitForFirstConsumer");
  }

  private void storage(String tenant, String name, String kind, String binding) {
    csi.in(
        tenant,
        Kinds.STORAGE_CLASSES,
        ("{'metadata':{'name':'%s'},'provisioner':'disk.example.com','volumeBindingMode':'%s',"
                + "'reclaimPolicy':'Delete','parameters':{'kind':'%s','csi.storage.k8s.io/fstype':'xfs'}}")
            .formatted(name, binding, kind));
  }

  private List<ApiObject> objects(String tenant) {
    return cluster
        .client
        .list(ResourceScope.cluster(Kinds.STORAGE_CAPACITIES, tenant), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  /** CLASS@ZONE and what is said of it. */
  private Map<String, String> rooms(String tenant) {
    Map<String, String> rooms = new TreeMap<>();
    for (ApiObject object : objects(tenant)) {
      JsonNode tree = object.tree();
      rooms.put(
          CsiObjects.text(tree, "/storageClassName")
              + "@"
              + CsiObjects.text(tree, "/nodeTopology/matchLabels/zone"),
          CsiObjects.text(tree, "/capacity") + " " + CsiObjects.text(tree, "/maximumVolumeSize"));
    }
    return rooms;
  }

  private void await(String what, Map<String, String> wanted) {
    cluster.await(
        what,
        () -> rooms(TestCluster.TENANT).equals(wanted),
        () -> objects(TestCluster.TENANT).stream().map(ApiObject::tree).toList());
  }

  @Test
  void each_class_has_what_the_driver_says_of_each_place() {
    storage(TestCluster.TENANT, "fast", "ssd");
    storage(TestCluster.TENANT, "now", "ssd", "Immediate");
    await("rooms", Map.of("fast@a", "10Gi 5Gi", "fast@b", "4Gi 2Gi"));
    assertThat(cluster.driver.calls("GetCapacity").getFirst().request().toString())
        .startsWith("{\"parameters\":{\"kind\":\"ssd\"},\"accessibleTopology\":{\"segments\":{");
    assertThat(cluster.driver.calls("GetCapacity"))
        .allMatch(call ->
            call.node().equals(call.request().toString().contains("\"a\"") ? "node-1" : "node-2"));
    ApiObject one = objects(TestCluster.TENANT).getFirst();
    assertThat(one.name()).matches("csisc-[-0-9a-f]{36}");
    assertThat(one.namespace()).isEqualTo("kube-system");
    assertThat(one.meta().labels())
        .containsEntry("csi.storage.k8s.io/drivername", "disk.example.com")
        .containsEntry("csi.storage.k8s.io/managed-by", "argosy");
    assertThat(one.meta().controller())
        .hasValueSatisfying(owner -> assertThat(owner.name()).isEqualTo("fast"));
    assertThat(objects(OTHER)).as("of a cluster without such a class").isEmpty();
  }

  @Test
  void clusters_with_like_classes_share_the_answers() {
    storage(TestCluster.TENANT, "fast", "ssd");
    await("rooms", Map.of("fast@a", "10Gi 5Gi", "fast@b", "4Gi 2Gi"));
    int asked = cluster.driver.calls("GetCapacity").size();
    storage(OTHER, "quick", "ssd");
    cluster.await("the other's", () -> rooms(OTHER).size() == 2);
    assertThat(cluster.driver.calls("GetCapacity")).hasSize(asked);
    cluster.elapse(Duration.ofMinutes(5));
    assertThat(cluster.driver.calls("GetCapacity").size() - asked)
        .as("two places, once a minute")
        .isBetween(8, 14);
  }

  @Test
  void what_changes_is_told() {
    storage(TestCluster.TENANT, "fast", "ssd");
    await("rooms", Map.of("fast@a", "10Gi 5Gi", "fast@b", "4Gi 2Gi"));
    List<String> before = objects(TestCluster.TENANT).stream().map(o -> o.meta().uid()).toList();
    cluster.driver.setRoom("b", GIB);
    cluster.elapse(Duration.ofMinutes(1));
    await("less room", Map.of("fast@a", "10Gi 5Gi", "fast@b", "1Gi 512Mi"));
    cluster.elapse(Duration.ofMinutes(3));
    assertThat(objects(TestCluster.TENANT)).extracting(o -> o.meta().uid()).isEqualTo(before);
  }

  @Test
  void a_volume_that_is_made_or_deleted_changes_it_soon() {
    storage(TestCluster.TENANT, "fast", "ssd");
    await("rooms", Map.of("fast@a", "10Gi 5Gi", "fast@b", "4Gi 2Gi"));
    cluster.elapse(Duration.ofSeconds(10));
    cluster.driver.setRoom("a", 8 * GIB);
    csi.claim("data", "fast", "");
    cluster.patch(
        Kinds.VOLUME_CLAIMS,
        "data",
        "{\"metadata\":{\"annotations\":{\"volume.kubernetes.io/selected-node\":\"node-1\"}}}");
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(rooms(TestCluster.TENANT)).containsEntry("fast@a", "8Gi 4Gi");
    cluster.driver.setRoom("a", 10 * GIB);
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(rooms(TestCluster.TENANT)).containsEntry("fast@a", "10Gi 5Gi");
  }

  @Test
  void what_is_nobodys_any_more_goes() {
    storage(TestCluster.TENANT, "fast", "ssd");
    storage(TestCluster.TENANT, "slow", "hdd");
    cluster.await("rooms", () -> rooms(TestCluster.TENANT).size() == 4);
    cluster
        .client
        .delete(
            new ObjectKey(Kinds.STORAGE_CLASSES, TestCluster.TENANT, "", "slow"),
            DeleteOptions.DEFAULT)
        .orThrow();
    await("without the class", Map.of("fast@a", "10Gi 5Gi", "fast@b", "4Gi 2Gi"));
    cluster.patchRoot(Kinds.CSI_NODES, "node-2", "{\"spec\":{\"drivers\":[]}}");
    await("without the node", Map.of("fast@a", "10Gi 5Gi"));
    cluster.patchRoot(
        Kinds.NODES, "node-1", "{\"metadata\":{\"labels\":{\"argosy.dev/pool\":\"gpu\"}}}");
    await("without the pool", Map.of());
    cluster.patchRoot(
        Kinds.NODES, "node-1", "{\"metadata\":{\"labels\":{\"argosy.dev/pool\":null}}}");
    await("with it", Map.of("fast@a", "10Gi 5Gi"));
    cluster.patchRoot(
        Kinds.CSI_DRIVERS, CsiObjects.DRIVER, "{\"spec\":{\"storageCapacity\":false}}");
    await("not wanted", Map.of());
  }

  @Test
  void who_leads_next_leaves_what_is_told_until_it_has_asked() {
    storage(TestCluster.TENANT, "fast", "ssd");
    await("rooms", Map.of("fast@a", "10Gi 5Gi", "fast@b", "4Gi 2Gi"));
    cluster.driver.setFailure(call -> new Failure("UNAVAILABLE", false));
    cluster.crash();
    cluster.elapse(Duration.ofMinutes(3));
    assertThat(rooms(TestCluster.TENANT)).hasSize(2);
    cluster.driver.setRoom("a", GIB);
    cluster.driver.setFailure(call -> new Failure("", false));
    cluster.elapse(Duration.ofMinutes(1));
    await("what is so now", Map.of("fast@a", "1Gi 512Mi", "fast@b", "4Gi 2Gi"));
  }

  /** They say so when they are to make a volume. */
  @Test
  void drivers_that_do_not_tell_keep_nobody_away() {
    cluster.driver.setCapabilities("CREATE_DELETE_VOLUME");
    storage(TestCluster.TENANT, "fast", "ssd");
    await("no bounds", Map.of("fast@a", "7Ei ", "fast@b", "7Ei "));
    cluster.driver.setCapabilities(CAN);
    cluster.driver.setFailure(call -> new Failure("INVALID_ARGUMENT", false));
    storage(TestCluster.TENANT, "odd", "?");
    cluster.await("the odd one's", () -> rooms(TestCluster.TENANT).size() == 4);
    assertThat(rooms(TestCluster.TENANT)).containsEntry("odd@a", "7Ei ");
  }

  @Test
  void a_driver_whose_volumes_are_reached_from_everywhere_has_one_room() {
    for (String node : List.of("node-1", "node-2")) {
      cluster.patchRoot(
          Kinds.CSI_NODES,
          node,
          "{\"spec\":{\"drivers\":[{\"name\":\"disk.example.com\",\"nodeID\":\"n\"}]}}");
    }
    cluster.driver.setRoom("", 6 * GIB);
    storage(TestCluster.TENANT, "fast", "ssd");
    await("one", Map.of("fast@", "6Gi 3Gi"));
    assertThat(objects(TestCluster.TENANT).getFirst().tree().path("nodeTopology").toString())
        .as("all nodes; without it would be none")
        .isEqualTo("{}");
  }

  @Test
  void what_a_cluster_costs_has_bounds() {
    for (int i = 10; i < 28; i++) {
      storage(TestCluster.TENANT, "c" + i, "k" + i);
    }
    cluster.await("16 of both places, two of none", () -> rooms(TestCluster.TENANT).size() == 34);
    assertThat(rooms(TestCluster.TENANT))
        .containsEntry("c25@a", "10Gi 5Gi")
        .containsEntry("c26@", "7Ei ")
        .doesNotContainKey("c26@a");
    assertThat(cluster.driver.calls("GetCapacity").toString()).doesNotContain("k26");
    cluster
        .client
        .delete(
            new ObjectKey(Kinds.STORAGE_CLASSES, TestCluster.TENANT, "", "c10"),
            DeleteOptions.DEFAULT)
        .orThrow();
    cluster.await("its turn", () -> rooms(TestCluster.TENANT).containsKey("c26@a"));
    cluster.await("the rest", () -> rooms(TestCluster.TENANT).size() == 33);
  }

  @Test
  void what_others_write_is_theirs() {
    csi.inTenant(
        Kinds.STORAGE_CLASSES,
        "{'metadata':{'name':'other'},'provisioner':'other.example.com','volumeBindingMode':"
            + "'WaitForFirstConsumer'}");
    cluster
        .client
        .create(
            ResourceScope.namespace(Kinds.STORAGE_CAPACITIES, TestCluster.TENANT, "default"),
            CsiObjects.json(
                "{'metadata':{'name':'theirs'},'storageClassName':'other','capacity':'1Gi'}"))
        .orThrow();
    cluster.elapse(Duration.ofMinutes(2));
    assertThat(rooms(TestCluster.TENANT)).containsOnlyKeys("other@");
    assertThat(cluster.driver.calls("GetCapacity")).isEmpty();
  }
}
