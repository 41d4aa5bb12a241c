package dev.argosy.scheduler.pod;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pod takes of its node (the Kubernetes page "Init Containers", resource sharing): its
 * containers and sidecars together, or what an init container needs beside the sidecars started
 * before it, if that is more; plus its overhead. Of a container that is being resized, the most of
 * what it asks for, what the node granted and what it has; what the node cannot grant at all does
 * not count (KEP-1287).
 */
final class PodResources {

  private static final long LITTLE_CPU = 100;
  private static final long LITTLE_MEMORY = 200L * 1024 * 1024;

  private final JsonNode spec;
  private final boolean usual;
  private final boolean infeasible;
  private final Map<String, JsonNode> statuses = new HashMap<>();

  private PodResources(JsonNode spec, JsonNode status, boolean usual) {
    this.spec = spec;
    this.usual = usual;
    this.infeasible = infeasible(status);
    remember(status.path("containerStatuses"));
    remember(status.path("initContainerStatuses"));
  }

  static Resources of(JsonNode spec, JsonNode status) {
    return new PodResources(spec, status, false).sum();
  }

  /** For scores: a container that asks for no processor or memory counts as a little. */
  static Usual usual(JsonNode spec, JsonNode status) {
    Resources sum = new PodResources(spec, status, true).sum();
    return new Usual(sum.milliCpu(), sum.memory());
  }

  private void remember(JsonNode list) {
    for (JsonNode container : list) {
      if (container.has("allocatedResources") || container.has("resources")) {
        statuses.put(container.path("name").asString(""), container);
      }
    }
  }

  private static boolean infeasible(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("PodResizePending")) {
        return condition.path("reason").asString("").equals("Infeasible");
      }
    }
    return false;
  }

  private Resources sum() {
    Resources running = Resources.NONE;
    for (JsonNode container : spec.path("containers")) {
      running = running.plus(requests(container));
    }
    Resources sidecars = Resources.NONE;
    Resources starting = Resources.NONE;
    for (JsonNode container : spec.path("initContainers")) {
      Resources own = requests(container);
      if (container.path("restartPolicy").asString("").equals("Always")) {
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(own));
      }
    }
    Resources all = running.plus(sidecars).max(starting);
    return podLevel(spec.path("resources").path("requests"), all)
        .plus(Resources.of(spec.path("overhead")));
  }

  private Resources requests(JsonNode container) {
    JsonNode asked = container.path("resources").path("requests");
    JsonNode status = statuses.get(container.path("name").asString(""));
    Resources all = Resources.of(asked);
    if (status != null && status.has("allocatedResources")) {
      Resources granted =
          Resources.of(status.path("allocatedResources"))
              .max(Resources.of(status.path("resources").path("requests")));
      all = infeasible ? granted : all.max(granted);
    }
    return usual ? atLeastLittle(asked, all) : all;
  }

  private static Resources atLeastLittle(JsonNode asked, Resources all) {
    return new Resources(
        asked.has("cpu") ? all.milliCpu() : LITTLE_CPU,
        asked.has("memory") ? all.memory() : LITTLE_MEMORY,
        all.storage(),
        all.other());
  }

  /** Requests of the pod as a whole stand in the place of the sum (KEP-2837). */
  private static Resources podLevel(JsonNode requests, Resources sum) {
    if (!(requests instanceof ObjectNode)) {
      return sum;
    }
    Resources whole = Resources.of(requests);
    Map<String, Long> other = new HashMap<>(sum.other());
    other.putAll(whole.other());
    return new Resources(
        requests.has("cpu") ? whole.milliCpu() : sum.milliCpu(),
        requests.has("memory") ? whole.memory() : sum.memory(),
        sum.storage(),
        other);
  }
}
