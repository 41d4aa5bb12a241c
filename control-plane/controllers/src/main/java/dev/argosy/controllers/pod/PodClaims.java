package dev.argosy.controllers.pod;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The names of the volume claims that a pod uses.
 *
 * @param named those that its volumes name
 * @param made those that are made for its ephemeral volumes, and belong to it
 */
public record PodClaims(List<String> named, List<String> made) {

  public PodClaims {
    named = List.copyOf(named);
    made = List.copyOf(made);
  }

  static PodClaims of(String pod, JsonNode spec) {
    List<String> named = new ArrayList<>(0);
    List<String> made = new ArrayList<>(0);
    for (JsonNode volume : spec.path("volumes")) {
      String name = volume.path("persistentVolumeClaim").path("claimName").asString("");
      if (!name.isEmpty()) {
        named.add(name);
      } else if (volume.path("ephemeral").isObject()) {
        made.add(ofVolume(pod, volume.path("name").asString("")));
      }
    }
    return new PodClaims(named, made);
  }

  /** The name of the claim that is made for an ephemeral volume. */
  public static String ofVolume(String pod, String volume) {
    return pod + "-" + volume;
  }

  public Stream<String> all() {
    return Stream.concat(named.stream(), made.stream());
  }

  /** Whether a claim beside the pod is one of them, and not just of the name of one. */
  public boolean use(ApiObject claim, String podUid) {
    return named.contains(claim.name()) || made.contains(claim.name()) && isOf(claim, podUid);
  }

  /** Whether a claim was made for the pod. */
  public static boolean isOf(ApiObject claim, String podUid) {
    return claim.meta().controller().map(OwnerReference::uid).filter(podUid::equals).isPresent();
  }
}
