package dev.argosy.scheduler.pod;

import tools.jackson.databind.JsonNode;

/**
 * What a pod takes of its node (the Kubernetes page "Init Containers", resource sharing): its
 * containers and sidecars together, or what an init container needs beside the sidecars started
 * before it, if that is more; plus its overhead.
 */
final class PodResources {

  private PodResources() {}

  static Resources of(JsonNode spec) {
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

  private static Resources requests(JsonNode container) {
    return Resources.of(container.path("resources").path("requests"));
  }

  /** Requests of the pod as a whole stand in the place of the sum (KEP-2837). */
  private static Resources podLevel(JsonNode requests, Resources sum) {
    Resources whole = Resources.of(requests);
    return new Resources(
        requests.has("cpu") ? whole.milliCpu() : sum.milliCpu(),
        requests.has("memory") ? whole.memory() : sum.memory(),
        sum.storage(),
        sum.other());
  }
}
