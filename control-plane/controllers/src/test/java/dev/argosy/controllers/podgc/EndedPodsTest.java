package dev.argosy.controllers.podgc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Pods that have ended go when there are too many, the oldest first. */
class EndedPodsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void thereMayBeAsManyAsInKubernetes() {
    assertThat(EndedPodsController.MOST).isEqualTo(12_500);
    assertThat(EndedPodsController.PERIOD).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void evictedOnesGoFirstThenTheOldest() {
    List<PodView> pods = new ArrayList<>();
    pods.add(view("young", "Succeeded", "", 30));
    pods.add(view("evicted", "Failed", "Evicted", 40));
    pods.add(view("old", "Failed", "", 10));
    pods.add(view("middle", "Succeeded", "", 20));
    assertThat(names(EndedPods.beyond(4, pods))).isEmpty();
    assertThat(names(EndedPods.beyond(3, pods))).containsExactly("evicted");
    assertThat(names(EndedPods.beyond(1, pods))).containsExactly("evicted", "old", "middle");
  }

  @Test
  void podsThatAreStillToBeLookedAtStay() {
    ObjectNode counted = pod("counted", "Succeeded");
    counted
        .withObject("/metadata")
        .put("creationTimestamp", START.toString())
        .putArray("finalizers")
        .add("batch.kubernetes.io/job-tracking");
    List<PodView> pods = List.of(view(counted), view("young", "Failed", "", 50));
    assertThat(names(EndedPods.beyond(1, pods))).containsExactly("young");
    assertThat(names(EndedPods.beyond(0, pods))).containsExactly("young");
  }

  @Test
  void eachClusterHasItsOwnNumber() {
    ManualTimers timers = new ManualTimers(START);
    FakeApi api = new FakeApi(timers.clock(), "root", "acme", "globex");
    ControllerContext context = new ControllerContext(api, timers);
    try (context;
        ControllerLoop loop = EndedPodsController.create(context, 3)) {
      loop.start();
      for (int i = 0; i < 5; i++) {
        create(api, "acme", pod("done-" + i, "Succeeded"));
        create(api, "acme", pod("busy-" + i, "Running"));
        timers.advance(Duration.ofSeconds(1));
      }
      for (int i = 0; i < 3; i++) {
        create(api, "globex", pod("done-" + i, "Failed"));
      }
      assertThat(
              api.await(
                  () -> present(api, "acme").size() == 8,
                  () -> timers.advance(Duration.ofSeconds(5))))
          .isTrue();
      assertThat(present(api, "acme"))
          .contains("done-2", "done-3", "done-4")
          .doesNotContain("done-0", "done-1");
      assertThat(present(api, "globex")).hasSize(3);
    }
  }

  private static void create(FakeApi api, String cluster, ObjectNode pod) {
    ApiObject made =
        api.client()
            .create(ResourceScope.namespace(Kinds.PODS, cluster, "default"), pod.deepCopy())
            .orThrow();
    ObjectNode ended = made.tree();
    ended.set("status", pod.path("status"));
    api.client().updateStatus(made.key(), ended).orThrow();
  }

  private static List<String> present(FakeApi api, String cluster) {
    return api
        .client()
        .list(ResourceScope.namespace(Kinds.PODS, cluster, "default"), ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .map(ApiObject::name)
        .toList();
  }

  private static List<String> names(List<PodView> pods) {
    return pods.stream().map(PodView::name).toList();
  }

  private static ObjectNode pod(String name, String phase) {
    ObjectNode pod = Json.object();
    pod.put("apiVersion", "v1").put("kind", "Pod").putObject("metadata").put("name", name);
    pod.putObject("spec").put("nodeName", "node-1");
    pod.putObject("status").put("phase", phase);
    return pod;
  }

  private static PodView view(String name, String phase, String reason, int second) {
    ObjectNode pod = pod(name, phase);
    pod.withObject("/metadata").put("creationTimestamp", START.plusSeconds(second).toString());
    if (!reason.isEmpty()) {
      pod.withObject("/status").put("reason", reason);
    }
    return view(pod);
  }

  private static PodView view(ObjectNode pod) {
    ObjectKey key =
        new ObjectKey(Kinds.PODS, "acme", "default", pod.at("/metadata/name").asString(""));
    return PodView.of(ApiObject.ofStored(key, 1, Json.mapper().writeValueAsBytes(pod)));
  }
}
