package dev.argosy.console.pod;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page of one pod shows. */
record PodDetail(PodRow row, List<Container> containers, List<Waiting> waiting) {

  PodDetail {
    containers = List.copyOf(containers);
    waiting = List.copyOf(waiting);
  }

  /**
   * One of its containers.
   *
   * @param state Running, or the reason why not
   */
  record Container(String name, String image, String state, boolean ready, int restarts) {}

  static PodDetail of(ApiObject object, KindSchema pods, Instant now) {
    ObjectNode tree = object.tree();
    List<Container> containers = new ArrayList<>();
    collect(tree, "initContainers", "initContainerStatuses", containers);
    collect(tree, "containers", "containerStatuses", containers);
    return new PodDetail(PodRow.of(object, pods, now), containers, Waiting.of(object));
  }

  private static void collect(
      ObjectNode pod, String specs, String statuses, List<Container> containers) {
    for (JsonNode spec : pod.path("spec").path(specs)) {
      String name = spec.path("name").asString("");
      JsonNode status = named(pod.path("status").path(statuses), name);
      containers.add(
          new Container(
              name,
              spec.path("image").asString(""),
              state(status.path("state")),
              status.path("ready").asBoolean(false),
              status.path("restartCount").asInt(0)));
    }
  }

  private static JsonNode named(JsonNode statuses, String name) {
    for (JsonNode status : statuses) {
      if (status.path("name").asString("").equals(name)) {
        return status;
      }
    }
    return statuses.path("none");
  }

  private static String state(JsonNode state) {
    if (state.has("running")) {
      return "Running";
    }
    for (String other : new String[] {"terminated", "waiting"}) {
      if (state.has(other)) {
        return state.path(other).path("reason").asString(other);
      }
    }
    return "Waiting";
  }
}
