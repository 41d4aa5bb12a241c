package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.object.ApiObject;
import tools.jackson.databind.JsonNode;

/** Finds out what the claims of a pod are bound to. */
final class Claims {

  private final ConfigSource source;

  Claims(ConfigSource source) {
    this.source = source;
  }

  /** What is to be mounted for a claim. A made one must be this very pod's. */
  Wanted resolve(PodView pod, Wanted.Claim wanted) throws ConfigFailure {
    String name = wanted.name();
    ApiObject claim =
        source
            .claim(pod.key(), name)
            .orElseThrow(
                () -> new ConfigFailure("persistentvolumeclaim \"" + name + "\" not found"));
    boolean its = claim.meta().controller().filter(o -> o.uid().equals(pod.uid())).isPresent();
    if (wanted.made() && !its) {
      String namespace = pod.key().namespace();
      throw new ConfigFailure(
          "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
              .formatted(namespace, name, namespace, pod.key().name()));
    }
    JsonNode tree = claim.tree();
    String volume = tree.path("spec").path("volumeName").asString("");
    if (!tree.path("status").path("phase").asString("").equals("Bound") || volume.isEmpty()) {
      throw new ConfigFailure("PVC is not bound");
    }
    ApiObject found =
        source
            .volume(pod.key(), volume)
            .orElseThrow(() -> new ConfigFailure("persistentvolume \"" + volume + "\" not found"));
    String uid = found.tree().path("spec").path("claimRef").path("uid").asString("");
    if (!uid.equals(claim.meta().uid())) {
      throw new ConfigFailure(
          "persistentvolume \"" + volume + "\" is not bound to claim \"" + name + "\"");
    }
    return Wanted.of(claim, found);
  }
}
