package dev.argosy.console.workload;

import dev.argosy.console.layout.Health;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the list of workloads shows of a Deployment.
 *
 * @param images of its containers, in their order
 */
public record DeploymentRow(
    ObjectKey key,
    int desired,
    int ready,
    int updated,
    List<String> images,
    @Nullable Instant created,
    Health health,
    String state) {

  public DeploymentRow {
    images = List.copyOf(images);
  }

  public static DeploymentRow of(ApiObject object) {
    JsonNode tree = object.tree();
    int desired = tree.path("spec").path("replicas").asInt(1);
    JsonNode status = tree.path("status");
    int ready = status.path("readyReplicas").asInt(0);
    int updated = status.path("updatedReplicas").asInt(0);
    List<String> images = new ArrayList<>();
    for (JsonNode container : tree.path("spec").path("template").path("spec").path("containers")) {
      images.add(container.path("image").asString(""));
    }
    boolean stuck = conditionIs(status, "Progressing", "False");
    Health health = health(object.meta().deleting(), stuck, desired, ready, updated);
    return new DeploymentRow(
        object.key(),
        desired,
        ready,
        updated,
        images,
        object.meta().creationTimestamp(),
        health,
        word(object.meta().deleting(), health, desired));
  }

  private static Health health(
      boolean deleting, boolean stuck, int desired, int ready, int updated) {
    if (stuck) {
      return Health.BAD;
    }
    if (deleting || ready != desired || updated != desired) {
      return Health.BUSY;
    }
    return Health.GOOD;
  }

  private static String word(boolean deleting, Health health, int desired) {
    if (deleting) {
      return "Deleting";
    }
    return switch (health) {
      case GOOD -> desired == 0 ? "Scaled to zero" : "Healthy";
      case BUSY -> "Rolling out";
      case WARNING, BAD -> "Stuck";
    };
  }

  private static boolean conditionIs(JsonNode status, String type, String value) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals(value);
      }
    }
    return false;
  }
}
