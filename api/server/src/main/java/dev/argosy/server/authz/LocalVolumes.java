package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import tools.jackson.databind.JsonNode;

/** Volumes that the platform makes itself lie on one node, which their affinity names. */
final class LocalVolumes {

  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  private static final String LOCAL_PATH = "argosy.dev/local-path";
  private static final String HOSTNAME = "kubernetes.io/hostname";

  private LocalVolumes() {}

  static boolean on(String node, ApiObject volume) {
    if (!LOCAL_PATH.equals(volume.meta().annotations().get(PROVISIONED_BY))) {
      return false;
    }
    JsonNode terms = volume.content().at("/spec/nodeAffinity/required/nodeSelectorTerms");
    for (JsonNode rule : terms.path(0).path("matchExpressions")) {
      if (rule.path("key").asString("").equals(HOSTNAME)
          && rule.path("values").path(0).asString("").equals(node)) {
        return true;
      }
    }
    return false;
  }
}
