package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What users see of preemption. */
class PreemptionScenarioTest {

  private final TestScheduler scheduler = new TestScheduler();

  @AfterEach
  void close() {
    scheduler.close();
  }

  private ObjectKey pod(String name, String cpu, int priority) {
    ObjectNode pod = TestPods.pod(name, cpu);
    pod.withObject("/spec").put("priority", priority).put("terminationGracePeriodSeconds", 30);
    return scheduler.pod(pod);
  }

  private JsonNode tree(ObjectKey key) {
    return scheduler.client.get(key).orThrow().tree();
  }

  private void awaitPath(ObjectKey key, String path, String value) {
    scheduler.await(
        path, () -> tree(key).at(path).asString("").equals(value), () -> tree(key).toString());
  }

  @Test
  void lessImportantPodsMakeRoom() {
    scheduler.node(TestPods.node("n1", "2", 10));
    ObjectKey low = pod("low", "2", 0);
    scheduler.awaitNode(low, "n1");
    ObjectKey high = pod("high", "2", 100);
    awaitPath(high, "/status/nominatedNodeName", "n1");
    scheduler.await(
        "deletion", () -> tree(low).at("/metadata").has("deletionTimestamp"), () -> tree(low));
    assertThat(tree(low).at("/status/conditions"))
        .anyMatch(c ->
            c.path("type").asString("").equals("DisruptionTarget")
                && c.path("reason").asString("").equals("PreemptionByScheduler"));
    scheduler.awaitEvent(
        "Preempted",
        "Preempted by pod " + tree(high).at("/metadata/uid").asString("") + " on node n1");
    assertThat(scheduler.told(high)).isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
    assertThat(scheduler.nodeOf(high)).isEmpty();

    scheduler.delete(low);
    scheduler.awaitNode(high, "n1");
  }

  @Test
  void theRoomSurvivesAnotherLeader() {
    scheduler.node(TestPods.node("n1", "2", 10));
    ObjectKey low = pod("low", "2", 0);
    scheduler.awaitNode(low, "n1");
    ObjectKey high = pod("high", "2", 100);
    awaitPath(high, "/status/nominatedNodeName", "n1");
    scheduler.await(
        "deletion", () -> tree(low).at("/metadata").has("deletionTimestamp"), () -> tree(low));
    scheduler.crash();
    ObjectKey late = pod("late", "2", 100);
    scheduler.awaitTold(late, "0/1 nodes are available: 1 Insufficient cpu.");
    scheduler.delete(low);
    scheduler.awaitNode(high, "n1");
    assertThat(scheduler.nodeOf(late)).isEmpty();
  }

  @Test
  void whenThePodIsDeletedItsRoomIsFree() {
    scheduler.node(TestPods.node("n1", "2", 10));
    ObjectKey low = pod("low", "2", 0);
    scheduler.awaitNode(low, "n1");
    ObjectKey high = pod("high", "2", 100);
    awaitPath(high, "/status/nominatedNodeName", "n1");
    ObjectKey other = pod("other", "1", 50);
    scheduler.awaitTold(other, "0/1 nodes are available: 1 Insufficient cpu.");
    scheduler.client.delete(high, DeleteOptions.DEFAULT).orThrow();
    scheduler.delete(low);
    scheduler.awaitNode(other, "n1");
  }

  @Test
  void whatIsLeftOfTheRoomIsForOthers() {
    scheduler.node(TestPods.node("n1", "4", 10));
    ObjectKey first = pod("first", "2", 0);
    ObjectKey second = pod("second", "2", 0);
    scheduler.awaitNode(first, "n1");
    scheduler.awaitNode(second, "n1");
    ObjectKey high = pod("high", "3", 100);
    awaitPath(high, "/status/nominatedNodeName", "n1");
    ObjectKey small = pod("small", "1", 0);
    scheduler.awaitTold(small, "0/1 nodes are available: 1 Insufficient cpu.");
    scheduler.delete(first);
    scheduler.delete(second);
    scheduler.awaitNode(high, "n1");
    scheduler.awaitNode(small, "n1");
  }

  @Test
  void aMoreImportantPodTakesRoomThatIsKept() {
    scheduler.node(TestPods.node("n1", "4", 10));
    ObjectKey first = pod("first", "2", 0);
    ObjectKey second = pod("second", "2", 0);
    scheduler.awaitNode(first, "n1");
    scheduler.awaitNode(second, "n1");
    ObjectKey middle = pod("middle", "4", 50);
    awaitPath(middle, "/status/nominatedNodeName", "n1");
    ObjectNode patient = TestPods.pod("patient", "2");
    patient.withObject("/spec").put("priority", 100).put("preemptionPolicy", "Never");
    ObjectKey high = scheduler.pod(patient);
    scheduler.awaitTold(high, "0/1 nodes are available: 1 Insufficient cpu.");
    scheduler.delete(first);
    scheduler.awaitNode(high, "n1");
    assertThat(scheduler.nodeOf(middle)).isEmpty();
  }

  @Test
  void aPodWhoseRoomIsTakenLooksForAnother() {
    scheduler.node(zoned("n1", "a"));
    ObjectKey low = pod("low", "4", 0);
    scheduler.awaitNode(low, "n1");
    scheduler.node(zoned("n2", "b"));
    ObjectKey lower = pod("lower", "4", 10);
    scheduler.awaitNode(lower, "n2");
    ObjectKey middle = pod("middle", "4", 50);
    awaitPath(middle, "/status/nominatedNodeName", "n1");
    ObjectNode here = TestPods.pod("high", "4");
    here.withObject("/spec").put("priority", 100).putObject("nodeSelector").put("zone", "a");
    ObjectKey high = scheduler.pod(here);
    awaitPath(high, "/status/nominatedNodeName", "n1");
    awaitPath(middle, "/status/nominatedNodeName", "n2");
    scheduler.delete(lower);
    scheduler.awaitNode(middle, "n2");
    scheduler.delete(low);
    scheduler.awaitNode(high, "n1");
  }

  @Test
  void aPodThatWaitsForCompanyIsTriedWhenItComes() {
    scheduler.node(zoned("n1", "a"));
    scheduler.node(zoned("n2", "b"));
    ObjectNode web = TestPods.pod("web", "100m");
    web.withObject("/spec")
        .set(
            "affinity",
            TestPods.json(
                "{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{"
                    + "'topologyKey':'zone','namespaceSelector':{},"
                    + "'labelSelector':{'matchLabels':{'app':'cache'}}}]}}"));
    ObjectKey waiting = scheduler.pod(web);
    scheduler.awaitTold(
        waiting, "0/2 nodes are available: 2 node(s) didn't match pod affinity rules.");
    ObjectNode cache = TestPods.pod("cache", "100m");
    cache.withObject("/metadata/labels").put("app", "cache");
    cache.withObject("/spec").putObject("nodeSelector").put("zone", "b");
    scheduler.awaitNode(scheduler.pod(cache), "n2");
    scheduler.awaitNode(waiting, "n2");
  }

  private static ObjectNode zoned(String name, String zone) {
    ObjectNode node = TestPods.node(name, "4", 10);
    node.withObject("/metadata/labels").put("zone", zone);
    return node;
  }
}
