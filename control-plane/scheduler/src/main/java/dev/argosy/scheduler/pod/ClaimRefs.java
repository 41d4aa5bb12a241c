package dev.argosy.scheduler.pod;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The claims that a pod's volumes name; those of ephemeral volumes bear the pod's name. */
final class ClaimRefs {

  private ClaimRefs() {}

  static List<ClaimRef> of(String pod, JsonNode spec) {
    List<ClaimRef> claims = new ArrayList<>(0);
    for (JsonNode volume : spec.path("volumes")) {
      String name = volume.path("persistentVolumeClaim").path("claimName").asString("");
      if (!name.isEmpty()) {
        claims.add(new ClaimRef(name, false));
      } else if (volume.has("ephemeral")) {
        claims.add(new ClaimRef(pod + "-" + volume.path("name").asString(""), true));
      }
    }
    return claims;
  }
}
