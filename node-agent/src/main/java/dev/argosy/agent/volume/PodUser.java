package dev.argosy.agent.volume;

import tools.jackson.databind.JsonNode;

/** Whom files of a pod may belong to that nobody else shall read. */
final class PodUser {

  private PodUser() {}

  /** The user that all containers run as; −1 if they differ, or it is not said. */
  static int of(JsonNode podSpec) {
    int ofPod = podSpec.path("securityContext").path("runAsUser").asInt(-1);
    int all = -2;
    for (String kind : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      for (JsonNode container : podSpec.path(kind)) {
        int user = container.path("securityContext").path("runAsUser").asInt(ofPod);
        if (user < 0 || (all != -2 && all != user)) {
          return -1;
        }
        all = user;
      }
    }
    return Math.max(all, -1);
  }
}
