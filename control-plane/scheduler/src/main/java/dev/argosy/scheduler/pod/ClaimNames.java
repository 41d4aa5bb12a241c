package dev.argosy.scheduler.pod;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The claims that a pod's volumes name; those of ephemeral volumes bear the pod's name. */
final class ClaimNames {

  private ClaimNames() {}

  static List<String> of(String pod, JsonNode spec) {
    List<String> names = new ArrayList<>();
    for (JsonNode volume : spec.path("volumes")) {
      String name = volume.path("persistentVolumeClaim").path("claimName").asString("");
      if (!name.isEmpty()) {
        names.add(name);
      } else if (volume.has("ephemeral")) {
        names.add(pod + "-" + volume.path("name").asString(""));
      }
    }
    return names;
  }
}
