package dev.argosy.server.use;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import tools.jackson.databind.JsonNode;

/** What of a pod decides whether its figures are shown; kept with each revision of it. */
record PodFacts(String node, boolean runs) {

  static final GroupResource PODS = new GroupResource("", "pods");

  static PodFacts of(ApiObject pod) {
    return pod.derived(PodFacts.class, PODS, PodFacts::read);
  }

  private static PodFacts read(ApiObject pod) {
    JsonNode tree = pod.content();
    return new PodFacts(
        tree.path("spec").path("nodeName").asString(""),
        tree.path("status").path("phase").asString("").equals("Running"));
  }
}
