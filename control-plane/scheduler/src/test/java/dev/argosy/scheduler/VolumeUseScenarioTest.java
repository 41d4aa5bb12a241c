package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** How many volumes a node takes, and claims that are one pod's at a time. */
class VolumeUseScenarioTest {

  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
  private static final GroupResource CLASSES =
      new GroupResource("storage.k8s.io", "storageclasses");
  private static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");
  private static final String IN_USE =
      "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode";

  private final TestScheduler scheduler = new TestScheduler();
  private final Informer<ApiObject> made =
      new Informer<>(
          scheduler.client, InformerSpec.of(ResourceScope.everywhere(CLAIMS), claim -> claim));

  /** A provisioner: makes volumes for claims whose node is chosen. */
  @BeforeEach
  void provision() {
    made.onChange(claim -> {
      boolean chosen = claim.meta().annotations().containsKey("volume.kubernetes.io/selected-node");
      ObjectKey volume = new ObjectKey(VOLUMES, claim.cluster(), "", "of-" + claim.name());
      if (chosen && scheduler.client.get(volume).orAbsent().isEmpty()) {
        create(
            ResourceScope.cluster(VOLUMES, claim.cluster()),
            "{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'of-"
                + claim.name()
                + "'},'spec':{'csi':{'driver':'disk.example.com','volumeHandle':'"
                + claim.name()
                + "'}}}");
        scheduler
            .client
            .patch(
                claim.key(),
                "",
                Patch.merge(TestPods.json("{'spec':{'volumeName':'of-" + claim.name() + "'}}")))
            .orThrow();
      }
    });
  }

  @AfterEach
  void close() {
    made.close();
    scheduler.close();
  }

  @Test
  void aNodeTakesSoManyVolumesOfADriver() {
    scheduler.node(TestPods.node("n1", "8", 10));
    limit("n1", 2);
    fastClass();
    claim("a", "ReadWriteOnce");
    claim("b", "ReadWriteOnce");
    claim("c", "ReadWriteOnce");
    ObjectKey first = scheduler.pod(user("first", 0, "a", "b"));
    scheduler.awaitNode(first, "n1");
    ObjectKey third = scheduler.pod(user("third", 0, "c"));
    scheduler.awaitTold(third, "0/1 nodes are available: 1 node(s) exceed max volume count.");
    ObjectKey shared = scheduler.pod(user("shared", 0, "a"));
    scheduler.awaitNode(shared, "n1");
    scheduler.delete(shared);
    scheduler.delete(first);
    scheduler.awaitNode(third, "n1");
  }

  @Test
  void boundClaimsCountByTheirVolume() {
    scheduler.node(TestPods.node("n1", "8", 10));
    limit("n1", 1);
    create(
        ResourceScope.cluster(VOLUMES, "acme"),
        "{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'v'},"
            + "'spec':{'csi':{'driver':'disk.example.com','volumeHandle':'h'}}}");
    for (String name : new String[] {"a", "b"}) {
      create(
          ResourceScope.namespace(CLAIMS, "acme", "default"),
          "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'"
              + name
              + "'},'spec':{'volumeName':'v'}}");
    }
    scheduler.awaitNode(scheduler.pod(user("first", 0, "a")), "n1");
    scheduler.awaitNode(scheduler.pod(user("second", 0, "b")), "n1");
  }

  @Test
  void moreRoomOfTheDriverIsHeardOf() {
    scheduler.node(TestPods.node("n1", "8", 10));
    limit("n1", 0);
    fastClass();
    claim("a", "ReadWriteOnce");
    ObjectKey pod = scheduler.pod(user("pod", 0, "a"));
    scheduler.awaitTold(pod, "0/1 nodes are available: 1 node(s) exceed max volume count.");
    scheduler
        .client
        .patch(
            new ObjectKey(CSI_NODES, "root", "", "n1"),
            "",
            Patch.merge(
                TestPods.json(
                    "{'spec':{'drivers':[{'name':'disk.example.com','allocatable':{'count':1}}]}}")))
        .orThrow();
    scheduler.awaitNode(pod, "n1");
  }

  @Test
  void volumesOfLessImportantPodsMakeRoom() {
    scheduler.node(TestPods.node("n1", "8", 10));
    limit("n1", 1);
    fastClass();
    claim("a", "ReadWriteOnce");
    claim("b", "ReadWriteOnce");
    ObjectKey low = scheduler.pod(user("low", 0, "a"));
    scheduler.awaitNode(low, "n1");
    ObjectKey high = scheduler.pod(user("high", 100, "b"));
    awaitDeleting(low);
    scheduler.delete(low);
    scheduler.awaitNode(high, "n1");
  }

  @Test
  void aClaimOfOnePodIsFreeWhenThatPodIsGone() {
    scheduler.node(TestPods.node("n1", "8", 10));
    scheduler.node(TestPods.node("n2", "8", 10));
    fastClass();
    claim("one", "ReadWriteOncePod");
    ObjectKey first = scheduler.pod(user("first", 0, "one"));
    scheduler.await("binding", () -> !scheduler.nodeOf(first).isEmpty(), () -> "not bound");
    ObjectKey second = scheduler.pod(user("second", 0, "one"));
    scheduler.awaitTold(second, "0/2 nodes are available: 2 " + IN_USE + ".");
    ObjectKey elsewhere = scheduler.pod("globex", user("first", 0));
    scheduler.await("binding", () -> !scheduler.nodeOf(elsewhere).isEmpty(), () -> "not bound");
    String node = scheduler.nodeOf(first);
    scheduler.delete(first);
    scheduler.awaitNode(second, node);
  }

  @Test
  void aMoreImportantPodTakesTheClaim() {
    scheduler.node(TestPods.node("n1", "8", 10));
    scheduler.node(TestPods.node("n2", "8", 10));
    fastClass();
    claim("one", "ReadWriteOncePod");
    ObjectKey low = scheduler.pod(user("low", 0, "one"));
    scheduler.await("binding", () -> !scheduler.nodeOf(low).isEmpty(), () -> "not bound");
    String node = scheduler.nodeOf(low);
    ObjectKey beside = scheduler.pod(user("beside", 0));
    scheduler.await("binding", () -> !scheduler.nodeOf(beside).isEmpty(), () -> "not bound");
    ObjectKey high = scheduler.pod(user("high", 100, "one"));
    awaitDeleting(low);
    assertThat(deleting(beside)).isFalse();
    assertThat(scheduler.told(high)).isIn("", "0/2 nodes are available: 2 " + IN_USE + ".");
    scheduler.delete(low);
    scheduler.awaitNode(high, node);
  }

  @Test
  void nobodyGoesIfAClaimIsUsedByAPodThatIsAsImportant() {
    scheduler.node(TestPods.node("n1", "8", 10));
    fastClass();
    claim("one", "ReadWriteOncePod");
    claim("two", "ReadWriteOncePod");
    ObjectKey low = scheduler.pod(user("low", 0, "one"));
    ObjectKey equal = scheduler.pod(user("equal", 100, "two"));
    scheduler.awaitNode(low, "n1");
    scheduler.awaitNode(equal, "n1");
    ObjectKey both = scheduler.pod(user("both", 100, "one", "two"));
    scheduler.awaitTold(both, "0/1 nodes are available: 1 " + IN_USE + ".");
    assertThat(deleting(low)).isFalse();
    assertThat(deleting(equal)).isFalse();
  }

  @Test
  void aVolumeIsMadeWhereItsDriverHasRoom() {
    scheduler.node(TestPods.node("n1", "8", 10));
    scheduler.node(TestPods.node("n2", "4", 10));
    fastClass();
    create(
        ResourceScope.cluster(new GroupResource("storage.k8s.io", "csidrivers"), "root"),
        "{'metadata':{'name':'disk.example.com','annotations':{'argosy.dev/controller':'platform'}},"
            + "'spec':{'storageCapacity':true}}");
    create( // what root says of a driver counts before
        ResourceScope.cluster(new GroupResource("storage.k8s.io", "csidrivers"), "acme"),
        "{'metadata':{'name':'disk.example.com'},'spec':{'storageCapacity':false}}");
    create(
        ResourceScope.namespace(CLAIMS, "acme", "default"),
        "{'metadata':{'name':'a'},'spec':{'storageClassName':'fast',"
            + "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}}}");
    ObjectKey pod = scheduler.pod(user("pod", 0, "a"));
    scheduler.awaitTold(
        pod, "0/2 nodes are available: 2 node(s) did not have enough free storage.");
    room("n1", "'capacity':'1Gi'");
    room("n2", "'capacity':'10Gi','maximumVolumeSize':'2Gi'");
    scheduler.awaitNode(pod, "n2");
  }

  @Test
  void aPodGoesWhereAFreeVolumeIs() {
    made.close();
    scheduler.node(TestPods.node("n1", "64", 10));
    scheduler.node(TestPods.node("n2", "4", 10));
    create(
        ResourceScope.cluster(CLASSES, "acme"),
        "{'metadata':{'name':'fast'},'provisioner':'kubernetes.io/no-provisioner',"
            + "'volumeBindingMode':'WaitForFirstConsumer'}");
    claim("a", "ReadWriteOnce");
    ObjectKey pod = scheduler.pod(user("pod", 0, "a"));
    scheduler.awaitTold(
        pod,
        "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.");
    free("device", "n1", "'1Gi'", "'volumeMode':'Block',");
    free("used", "n1", "'1Gi'", "'claimRef':{'namespace':'default','name':'other'},");
    free("fits", "n2", "'1Gi'", "");
    ObjectKey key = new ObjectKey(CLAIMS, "acme", "default", "a");
    String selected = "volume.kubernetes.io/selected-node";
    scheduler.await(
        "choice",
        () -> "n2".equals(scheduler.client.get(key).orThrow().meta().annotations().get(selected)),
        () -> scheduler.told(pod));
    assertThat(scheduler.nodeOf(pod)).as("another claim may get it").isEmpty();
    scheduler
        .client
        .patch(key, "", Patch.merge(TestPods.json("{'spec':{'volumeName':'fits'}}")))
        .orThrow();
    scheduler.awaitNode(pod, "n2");
  }

  private void free(String name, String node, String size, String more) {
    create(
        ResourceScope.cluster(VOLUMES, "acme"),
        ("{'metadata':{'name':'%s'},'spec':{'storageClassName':'fast','capacity':{'storage':%s},%s"
                + "'accessModes':['ReadWriteOnce'],'nodeAffinity':{'required':{'nodeSelectorTerms':"
                + "[{'matchExpressions':[{'key':'name','operator':'In','values':['%s']}]}]}}}}")
            .formatted(name, size, more, node));
  }

  @Test
  void aPodIsBoundWhenItsVolumeIsMadeAndGoesElsewhereIfItCannotBe() {
    made.close();
    scheduler.node(TestPods.node("n1", "8", 10));
    fastClass();
    claim("a", "ReadWriteOnce");
    ObjectKey pod = scheduler.pod(user("pod", 0, "a"));
    ObjectKey key = new ObjectKey(CLAIMS, "acme", "default", "a");
    String selected = "volume.kubernetes.io/selected-node";
    scheduler.await(
        "choice",
        () -> "n1".equals(scheduler.client.get(key).orThrow().meta().annotations().get(selected)),
        () -> "none");
    scheduler.awaitTold(
        pod,
        "0/1 nodes are available: 1 waiting for the volume of persistentvolumeclaim \"a\" to be"
            + " made.");
    assertThat(scheduler.nodeOf(pod)).isEmpty();
    scheduler.node(TestPods.node("n2", "16", 10));
    scheduler
        .client
        .patch(
            new ObjectKey(new GroupResource("", "nodes"), "root", "", "n1"),
            "",
            Patch.merge(TestPods.json("{'spec':{'unschedulable':true}}")))
        .orThrow();
    scheduler
        .client
        .patch(
            key,
            "",
            Patch.merge(TestPods.json("{'metadata':{'annotations':{'" + selected + "':null}}}")))
        .orThrow();
    scheduler.await(
        "choice",
        () -> "n2".equals(scheduler.client.get(key).orThrow().meta().annotations().get(selected)),
        () -> "none");
    create(
        ResourceScope.cluster(VOLUMES, "acme"),
        "{'metadata':{'name':'of-a'},'spec':{'csi':{'driver':'disk.example.com','volumeHandle':'a'}}}");
    scheduler
        .client
        .patch(key, "", Patch.merge(TestPods.json("{'spec':{'volumeName':'of-a'}}")))
        .orThrow();
    scheduler.awaitNode(pod, "n2");
  }

  private void room(String node, String capacity) {
    create(
        ResourceScope.namespace(
            new GroupResource("storage.k8s.io", "csistoragecapacities"), "acme", "default"),
        "{'metadata':{'name':'of-"
            + node
            + "'},'storageClassName':'fast','nodeTopology':{'matchLabels':"
            + "{'name':'"
            + node
            + "'}},"
            + capacity
            + "}");
  }

  private void limit(String node, int count) {
    create(
        ResourceScope.cluster(CSI_NODES, "root"),
        "{'apiVersion':'storage.k8s.io/v1','kind':'CSINode','metadata':{'name':'"
            + node
            + "'},'spec':{'drivers':[{'name':'disk.example.com','allocatable':{'count':"
            + count
            + "}}]}}");
  }

  private void fastClass() {
    create(
        ResourceScope.cluster(CLASSES, "acme"),
        "{'apiVersion':'storage.k8s.io/v1','kind':'StorageClass','metadata':{'name':'fast'},"
            + "'provisioner':'disk.example.com','volumeBindingMode':'WaitForFirstConsumer'}");
  }

  private void claim(String name, String mode) {
    create(
        ResourceScope.namespace(CLAIMS, "acme", "default"),
        "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'"
            + name
            + "'},'spec':{'storageClassName':'fast','accessModes':['"
            + mode
            + "']}}");
  }

  private void create(ResourceScope scope, String json) {
    scheduler.client.create(scope, (ObjectNode) TestPods.json(json)).orThrow();
  }

  private static ObjectNode user(String name, int priority, String... claims) {
    ObjectNode pod = TestPods.pod(name, "100m");
    ObjectNode spec = pod.withObject("/spec").put("priority", priority);
    var volumes = spec.put("terminationGracePeriodSeconds", 30).putArray("volumes");
    for (String claim : claims) {
      volumes
          .addObject()
          .put("name", claim)
          .putObject("persistentVolumeClaim")
          .put("claimName", claim);
    }
    return pod;
  }

  private boolean deleting(ObjectKey pod) {
    return scheduler.client.get(pod).orThrow().meta().deleting();
  }

  private void awaitDeleting(ObjectKey pod) {
    scheduler.await("deletion", () -> deleting(pod), () -> "not deleted");
  }
}
