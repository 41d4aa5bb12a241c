package dev.argosy.console.pod;

import dev.argosy.console.layout.Health;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the list of pods shows of one; the words are those of {@code kubectl get pods -o wide}. */
public record PodRow(
    ObjectKey key,
    String ready,
    String state,
    String restarts,
    String node,
    String address,
    @Nullable Instant created,
    Health health) {

  public static PodRow of(ApiObject object, KindSchema pods, Instant now) {
    ObjectNode tree = object.tree();
    Map<String, String> cells = new TreeMap<>();
    List<Object> values = pods.cells(tree, now);
    for (int i = 0; i < values.size(); i++) {
      cells.put(pods.columns().get(i).name(), String.valueOf(values.get(i)));
    }
    String ready = cells.getOrDefault("Ready", "");
    String state = cells.getOrDefault("Status", "");
    return new PodRow(
        object.key(),
        ready,
        state,
        cells.getOrDefault("Restarts", ""),
        tree.path("spec").path("nodeName").asString(""),
        tree.path("status").path("podIP").asString(""),
        object.meta().creationTimestamp(),
        health(state, ready));
  }

  private static Health health(String state, String ready) {
    return switch (state) {
      case "Running" -> allReady(ready) ? Health.GOOD : Health.WARNING;
      case "Completed", "Succeeded" -> Health.GOOD;
      case "Pending", "ContainerCreating", "PodInitializing", "Terminating" -> Health.BUSY;
      default -> state.startsWith("Init:") ? Health.BUSY : Health.BAD;
    };
  }

  private static boolean allReady(String ready) {
    int slash = ready.indexOf('/');
    return slash > 0 && ready.substring(0, slash).equals(ready.substring(slash + 1));
  }
}
