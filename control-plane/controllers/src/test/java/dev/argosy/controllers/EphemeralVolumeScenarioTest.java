package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "Ephemeral Volumes" says of generic ones. */
class EphemeralVolumeScenarioTest {

  private static final String CLAIM = "web-scratch";
  private static final ObjectKey POD = TestCluster.key(Kinds.PODS, "web");

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void the_pod_owns_the_claim_that_is_made_of_the_template() {
    String uid = pod().meta().uid();
    cluster.await("the claim", () -> claim().has("metadata"));
    assertThat(claim().at("/metadata/labels/type").asString("")).isEqualTo("scratch");
    assertThat(claim().at("/metadata/annotations/note").asString("")).isEqualTo("kept");
    assertThat(claim().at("/spec"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"accessModes":["ReadWriteOnce"],"storageClassName":"local-path",
                     "resources":{"requests":{"storage":"1Gi"}}}\
                    """));
    JsonNode owner = claim().at("/metadata/ownerReferences/0");
    assertThat(owner.path("kind").asString("")).isEqualTo("Pod");
    assertThat(owner.path("uid").asString("")).isEqualTo(uid);
    assertThat(owner.path("controller").asBoolean(false)).isTrue();
    assertThat(owner.path("blockOwnerDeletion").asBoolean(false)).isTrue();
  }

  @Test
  void when_the_pod_is_deleted_the_claim_goes() {
    pod();
    cluster.await("the claim", () -> claim().has("metadata"));
    deletePod();
    cluster.await("its end", () -> !claim().has("metadata"));
  }

  @Test
  void a_claim_that_is_lost_is_made_anew() {
    pod();
    cluster.await("the claim", () -> claim().has("metadata"));
    String first = claim().at("/metadata/uid").asString("");
    cluster.client.delete(claimKey(), DeleteOptions.DEFAULT).orThrow();
    cluster.await("another", () -> !claim().at("/metadata/uid").asString(first).equals(first));
  }

  @Test
  void a_claim_that_is_not_the_pods_is_a_conflict_until_it_is_gone() {
    ObjectNode foreign = TestCluster.object("v1", "PersistentVolumeClaim", CLAIM);
    foreign.putObject("spec").put("storageClassName", "other");
    cluster.create(Kinds.VOLUME_CLAIMS, foreign);
    String uid = pod().meta().uid();
    cluster.await(
        "the event",
        () ->
            events()
                .contains(
                    "PVC default/web-scratch was not created for pod default/web (pod is not"
                        + " owner)"));
    assertThat(claim().at("/spec/storageClassName").asString("")).isEqualTo("other");
    cluster.client.delete(claimKey(), DeleteOptions.DEFAULT).orThrow();
    cluster.await(
        "its own", () -> claim().at("/metadata/ownerReferences/0/uid").asString("").equals(uid));
  }

  @Test
  void a_pod_that_has_ended_gets_none() {
    pod();
    cluster.await("the claim", () -> claim().has("metadata"));
    ObjectNode ended = Json.object();
    ended.putObject("status").put("phase", "Succeeded");
    cluster.client.patch(POD, "status", Patch.merge(ended)).orThrow();
    cluster.settle();
    cluster.client.delete(claimKey(), DeleteOptions.DEFAULT).orThrow();
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(claim().has("metadata")).isFalse();
  }

  @Test
  void a_deleted_claim_stays_as_long_as_its_pod_but_a_foreign_one_does_not() {
    ObjectNode foreign = TestCluster.object("v1", "PersistentVolumeClaim", CLAIM);
    foreign.withObject("/metadata").putArray("finalizers").add("kubernetes.io/pvc-protection");
    foreign.putObject("spec");
    cluster.create(Kinds.VOLUME_CLAIMS, foreign);
    String foreignUid = claim().at("/metadata/uid").asString("");
    pod();
    cluster.client.delete(claimKey(), DeleteOptions.DEFAULT).orThrow();
    cluster.await(
        "its own", () -> !claim().at("/metadata/uid").asString(foreignUid).equals(foreignUid));
    cluster.patch(
        Kinds.VOLUME_CLAIMS,
        CLAIM,
        "{\"metadata\":{\"finalizers\":[\"kubernetes.io/pvc-protection\"]}}");
    cluster.client.delete(claimKey(), DeleteOptions.DEFAULT).orThrow();
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(claim().has("metadata")).isTrue();
    deletePod();
    cluster.await("its end", () -> !claim().has("metadata"));
  }

  @Test
  void another_leader_finishes_what_one_began() {
    cluster.stop();
    pod();
    cluster.crash();
    cluster.await("the claim", () -> claim().has("metadata"));
  }

  private static ObjectNode tree() {
    ObjectNode pod = TestCluster.object("v1", "Pod", "web");
    pod.set(
        "spec",
        Json.mapper()
            .readTree(
                """
                {"containers":[{"name":"c"}],"volumes":[{"name":"scratch","ephemeral":
                  {"volumeClaimTemplate":{"metadata":{"labels":{"type":"scratch"},
                   "annotations":{"note":"kept"}},
                   "spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"local-path",
                    "resources":{"requests":{"storage":"1Gi"}}}}}}]}\
                """));
    return pod;
  }

  private ApiObject pod() {
    return cluster.create(Kinds.PODS, tree());
  }

  private void deletePod() {
    String uid = cluster.client.get(POD).orThrow().meta().uid();
    cluster.client.delete(POD, DeleteOptions.now(uid)).orThrow();
  }

  private JsonNode claim() {
    return cluster.get(Kinds.VOLUME_CLAIMS, CLAIM);
  }

  private static ObjectKey claimKey() {
    return TestCluster.key(Kinds.VOLUME_CLAIMS, CLAIM);
  }

  private List<String> events() {
    return cluster.list(Kinds.EVENTS).stream()
        .map(e -> e.tree().path("message").asString(""))
        .toList();
  }
}
