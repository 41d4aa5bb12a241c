package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import org.junit.jupiter.api.AfterEach;
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

  @AfterEach
  void close() {
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
