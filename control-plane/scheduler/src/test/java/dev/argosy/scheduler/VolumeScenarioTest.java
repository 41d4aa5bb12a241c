package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Pods and the volumes of their claims come together on one node. */
class VolumeScenarioTest {

  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  private static final ObjectKey CLAIM = new ObjectKey(CLAIMS, "acme", "default", "data");

  private final TestScheduler scheduler = new TestScheduler();

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void theFirstPodChoosesTheNodeAndLaterOnesFollow() {
    scheduler.node(TestPods.node("small", "1", 10));
    claim();
    ObjectKey first = scheduler.pod(user("first"));
    scheduler.awaitNode(first, "small");
    assertThat(selected()).isEqualTo("small");
    scheduler.node(TestPods.node("large", "64", 100));
    scheduler.crash();
    for (int i = 0; i < 4; i++) {
      scheduler.awaitNode(scheduler.pod(user("later-" + i)), "small");
    }
  }

  @Test
  void aPodWaitsForItsClaim() {
    scheduler.node(TestPods.node("small", "1", 10));
    ObjectKey pod = scheduler.pod(user("early"));
    claim();
    scheduler.awaitNode(pod, "small");
    assertThat(selected()).isEqualTo("small");
  }

  @Test
  void aPodWaitsForTheClaimsOfItsEphemeralVolumes() {
    scheduler.node(TestPods.node("small", "1", 10));
    ObjectNode tree = TestPods.pod("web", "100m");
    tree.withObject("/spec")
        .putArray("volumes")
        .addObject()
        .put("name", "scratch")
        .putObject("ephemeral")
        .putObject("volumeClaimTemplate");
    ObjectKey pod = scheduler.pod(tree);
    scheduler.awaitTold(
        pod,
        "0/1 nodes are available: 1 waiting for ephemeral volume controller to create the"
            + " persistentvolumeclaim \"web-scratch\".");
    claim("web-scratch");
    scheduler.awaitTold(
        pod,
        "0/1 nodes are available: 1 PVC default/web-scratch was not created for pod default/web"
            + " (pod is not owner).");
    ObjectNode owner = Json.object();
    owner
        .putObject("metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("name", "web")
        .put("uid", scheduler.client.get(pod).orThrow().meta().uid())
        .put("controller", true);
    scheduler
        .client
        .patch(new ObjectKey(CLAIMS, "acme", "default", "web-scratch"), "", Patch.merge(owner))
        .orThrow();
    scheduler.awaitNode(pod, "small");
  }

  private void claim() {
    claim("data");
  }

  private void claim(String name) {
    ObjectNode claim = Json.object();
    claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    claim.putObject("metadata").put("name", name);
    claim.putObject("spec").put("storageClassName", "local-path");
    ApiClient client = scheduler.client;
    client.create(ResourceScope.namespace(CLAIMS, "acme", "default"), claim).orThrow();
  }

  private String selected() {
    return scheduler
        .client
        .get(CLAIM)
        .orThrow()
        .meta()
        .annotations()
        .getOrDefault("volume.kubernetes.io/selected-node", "");
  }

  private static ObjectNode user(String name) {
    ObjectNode pod = TestPods.pod(name, "100m");
    pod.withObject("/spec")
        .putArray("volumes")
        .addObject()
        .put("name", "data")
        .putObject("persistentVolumeClaim")
        .put("claimName", "data");
    return pod;
  }
}
