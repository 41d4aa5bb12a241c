package dev.argosy.controllers.volume;

import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A volume that is a folder on one node: below the data folder of the node's agent. */
final class LocalVolume {

  private LocalVolume() {}

  /** A new volume for a claim whose node is chosen. */
  static ObjectNode of(ClaimView claim, StorageClass storage) {
    String name = "pvc-" + claim.uid();
    ObjectNode volume = Json.object();
    volume.put("apiVersion", "v1").put("kind", "PersistentVolume");
    ObjectNode meta = volume.putObject("metadata").put("name", name);
    meta.putObject("annotations").put("pv.kubernetes.io/provisioned-by", StorageClass.LOCAL_PATH);
    JsonNode wanted = claim.object().tree().path("spec");
    ObjectNode spec = volume.putObject("spec");
    spec.set("accessModes", wanted.path("accessModes"));
    spec.putObject("capacity")
        .put("storage", wanted.at("/resources/requests/storage").asString("0"));
    spec.set("claimRef", ref(claim));
    spec.putObject("local").put("path", "/volumes/" + claim.key().cluster() + "/" + name);
    spec.put("persistentVolumeReclaimPolicy", storage.reclaim());
    spec.put("storageClassName", storage.name()).put("volumeMode", claim.volumeMode());
    ObjectNode place =
        spec.putObject("nodeAffinity")
            .putObject("required")
            .putArray("nodeSelectorTerms")
            .addObject()
            .putArray("matchExpressions")
            .addObject();
    place.put("key", "kubernetes.io/hostname").put("operator", "In");
    place.putArray("values").add(claim.node());
    return volume;
  }

  /** What a volume says of its claim. */
  static ObjectNode ref(ClaimView claim) {
    ObjectNode ref = Json.object();
    ref.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    ref.put("namespace", claim.key().namespace()).put("name", claim.key().name());
    return ref.put("uid", claim.uid());
  }
}
