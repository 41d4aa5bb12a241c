package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.quota.Waiting;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which of those that wait for room in a quota are let in together: the members of a gang, as many
 * as its PodGroup says, at the place of the first one.
 */
final class GangsInLine {

  static final GroupResource GROUPS = new GroupResource("scheduling.x-k8s.io", "podgroups");

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final String LABEL = "scheduling.x-k8s.io/pod-group";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ResourceCaches caches;

  GangsInLine(ResourceCaches caches) {
    this.caches = caches;
  }

  /** The name of the gang that a pod says it is of; empty if it is of none. */
  static String name(JsonNode pod) {
    return pod.path("metadata").path("labels").path(LABEL).asString("");
  }

  /**
   * Who is to be let in with the first of a line.
   *
   * @param line it, and those behind it
   * @return the first and others, or it alone; nobody if it is of a gang of which too few are there
   */
  List<Waiting> with(Waiting first, List<Waiting> line) {
    CacheSnapshot pods = caches.of(PODS).currentSnapshot(PATIENCE);
    String gang = pods.get(first.pod()).map(GangsInLine::gang).orElse("");
    if (gang.isEmpty()) {
      return List.of(first);
    }
    ObjectKey key = new ObjectKey(GROUPS, first.pod().cluster(), first.pod().namespace(), gang);
    Optional<ApiObject> group = caches.of(GROUPS).currentSnapshot(PATIENCE).get(key);
    if (group.isEmpty()) {
      return List.of();
    }
    int least = Math.max(1, group.get().tree().path("spec").path("minMember").asInt(1));
    int needed = Math.max(1, least - inside(pods, first.pod(), gang));
    List<Waiting> step = new ArrayList<>();
    for (Waiting place : line) {
      boolean member =
          place.pod().namespace().equals(first.pod().namespace())
              && pods.get(place.pod()).map(GangsInLine::gang).orElse("").equals(gang);
      if (member && step.size() < needed) {
        step.add(place);
      }
    }
    return step.size() < needed ? List.of() : step;
  }

  private static String gang(ApiObject pod) {
    return pod.meta().labels().getOrDefault(LABEL, "");
  }

  /** How many of the gang wait no longer, and are not about to end. */
  private static int inside(CacheSnapshot pods, ObjectKey beside, String gang) {
    int count = 0;
    for (ApiObject pod : pods.list(beside.cluster(), beside.namespace())) {
      boolean counts = gang(pod).equals(gang) && !pod.meta().deleting();
      if (counts
          && !Waiting.waits(pod.tree())
          && !pod.tree().path("status").path("phase").asString("").equals("Failed")) {
        count++;
      }
    }
    return count;
  }
}
