package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What tenants see of fair share. */
class FairShareScenarioTest {

  private final TestScheduler scheduler = new TestScheduler();

  @AfterEach
  void close() {
    scheduler.close();
  }

  private ObjectKey pod(String cluster, String name, int priority) {
    ObjectNode pod = TestPods.pod(name, "1");
    pod.withObject("/spec").put("priority", priority);
    return scheduler.pod(cluster, pod);
  }

  /** The node comes while no scheduler runs, so that all pods are there first. */
  private void nodeComes(String cpu) {
    scheduler.crash(() -> scheduler.node(TestPods.node("n1", cpu, 10)));
  }

  private void awaitBound(int count) {
    scheduler.await("bindings", () -> bound().size() == count, this::bound);
  }

  private List<String> bound() {
    return scheduler.all(TestScheduler.PODS).stream()
        .filter(p -> !PodView.of(p).node().isEmpty())
        .map(p -> p.key().cluster() + "/" + p.name())
        .sorted()
        .toList();
  }

  @Test
  void nobodyTakesAllByCallingItImportant() {
    for (int i = 0; i < 4; i++) {
      pod("acme", "p" + i, 1_000_000_000);
    }
    pod("globex", "q0", 0);
    ObjectKey last = pod("globex", "q1", -5);
    nodeComes("4");
    awaitBound(4);
    scheduler.awaitTold(last, "");
    assertThat(bound()).containsExactly("acme/p0", "acme/p1", "globex/q0", "globex/q1");
  }

  @Test
  void whatIsGuaranteedIsGivenFirst() {
    for (int i = 0; i < 3; i++) {
      pod("acme", "p" + i, 5);
      pod("globex", "q" + i, 0);
    }
    scheduler.guarantee("globex", "2");
    nodeComes("3");
    awaitBound(3);
    assertThat(bound()).containsExactly("acme/p0", "globex/q0", "globex/q1");
  }

  private JsonNode tree(ObjectKey key) {
    return scheduler.client.get(key).orThrow().tree();
  }

  private void awaitEnding(ObjectKey pod) {
    scheduler.await(
        "deletion", () -> tree(pod).at("/metadata").has("deletionTimestamp"), () -> tree(pod));
  }

  private ObjectKey patient(String cluster, String name) {
    return patient(cluster, name, Json.object());
  }

  private ObjectKey patient(String cluster, String name, ObjectNode nodeSelector) {
    ObjectNode pod = TestPods.pod(name, "2");
    pod.withObject("/spec").put("terminationGracePeriodSeconds", 30);
    pod.withObject("/spec").set("nodeSelector", nodeSelector);
    return scheduler.pod(cluster, pod);
  }

  private static ObjectNode inPool(String pool) {
    return Json.object().put("argosy.dev/pool", pool);
  }

  @Test
  void whatWasBorrowedIsClaimedBackAndNobodyIsNamed() {
    scheduler.guarantee("globex", "2");
    scheduler.node(TestPods.node("n1", "2", 10));
    ObjectKey lent = patient("acme", "lent");
    scheduler.awaitNode(lent, "n1");
    ObjectKey claims = patient("globex", "claims");
    awaitEnding(lent);
    assertThat(tree(lent).at("/status/conditions"))
        .anyMatch(c ->
            c.path("type").asString("").equals("DisruptionTarget")
                && c.path("reason").asString("").equals("PreemptionByScheduler")
                && c.path("message")
                    .asString("")
                    .equals(
                        "default-scheduler: reclaiming what tenant acme has beyond its"
                            + " guarantee"));
    scheduler.awaitEvent(
        "Preempted",
        "Preempted on node n1: tenant acme has more than is guaranteed to it, and what it"
            + " borrowed is needed");
    scheduler.crash();
    ObjectKey again = patient("acme", "again");
    scheduler.awaitTold(again, "0/1 nodes are available: 1 Insufficient cpu.");
    scheduler.delete(lent);
    scheduler.awaitNode(claims, "n1");
    assertThat(scheduler.nodeOf(again)).isEmpty();
  }

  @Test
  void whatIsLentLaterIsClaimedByWhoWaitsAlready() {
    scheduler.tenant("acme", "shared", "own");
    scheduler.tenant("globex", "shared");
    scheduler.guarantee("acme", "2");
    scheduler.guarantee("globex", "2");
    scheduler.node(pooled("s1", "2", "shared"));
    scheduler.node(pooled("o1", "2", "own"));
    ObjectKey kept = patient("acme", "kept", inPool("shared"));
    scheduler.awaitNode(kept, "s1");
    ObjectKey claims = patient("globex", "claims");
    scheduler.awaitTold(claims, "0/1 nodes are available: 1 Insufficient cpu.");
    assertThat(tree(kept).at("/metadata").has("deletionTimestamp")).isFalse();
    ObjectKey more = patient("acme", "more", inPool("own"));
    scheduler.awaitNode(more, "o1");
    Instant lent = scheduler.timers.now();
    awaitEnding(kept);
    assertThat(scheduler.timers.now()).isBefore(lent.plusSeconds(60));
    scheduler.delete(kept);
    scheduler.awaitNode(claims, "s1");
    assertThat(tree(more).at("/metadata").has("deletionTimestamp")).isFalse();
  }

  private static ObjectNode pooled(String name, String cpu, String pool) {
    ObjectNode node = TestPods.node(name, cpu, 10);
    node.withObject("/metadata/labels").put("argosy.dev/pool", pool);
    return node;
  }
}
