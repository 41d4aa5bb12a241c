package dev.argosy.controllers.csi.provision;

import dev.argosy.controllers.csi.Capability;
import dev.argosy.controllers.csi.CsiSecrets;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.Finalizers;
import dev.argosy.controllers.csi.Site;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.model.object.Json;
import dev.argosy.model.quantity.Quantity;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a driver is asked for on behalf of a claim, and the volume that comes of its answer. */
final class NewVolume {

  /** By which the deletion finds the secret that it needs. */
  static final String DELETION_SECRET = "volume.kubernetes.io/provisioner-deletion-secret-name";

  static final String DELETION_NAMESPACE =
      "volume.kubernetes.io/provisioner-deletion-secret-namespace";

  static final String MADE_BY = "pv.kubernetes.io/provisioned-by";

  private final ClaimView claim;
  private final ClassParameters storage;
  private final Source source;

  NewVolume(ClaimView claim, ClassParameters storage, Source source) {
    this.claim = claim;
    this.storage = storage;
    this.source = source;
  }

  static String name(ClaimView claim) {
    return "pvc-" + claim.uid();
  }

  long bytes() {
    return claim.request().value();
  }

  /** The body of CreateVolume. */
  ObjectNode request(
      Site site, Optional<ObjectNode> topology, JsonNode mutable, CsiSecrets secrets) {
    ObjectNode request = Json.object();
    request.put("name", name(claim));
    request.putObject("capacityRange").put("requiredBytes", bytes());
    JsonNode spec = claim.object().content().path("spec");
    request.set(
        "volumeCapabilities",
        new Capability(site).ofEach(spec, storage.fsType(), storage.mountOptions()));
    if (!storage.own().isEmpty()) {
      request.set("parameters", storage.own().deepCopy());
    }
    if (!mutable.isEmpty()) {
      request.set("mutableParameters", mutable.deepCopy());
    }
    if (source instanceof Source.Copy(ClaimView from, CsiVolume volume)) {
      request.putObject("volumeContentSource").putObject("volume").put("volumeId", volume.handle());
    }
    topology.ifPresent(t -> request.set("accessibilityRequirements", t));
    secrets.put(
        request, claim.key().cluster(), storage.secret("provisioner", claim.object(), name(claim)));
    return request;
  }

  /** Whether the driver says that it holds what it is to hold: others made it empty. */
  boolean filled(JsonNode made) {
    return !(source instanceof Source.Copy(ClaimView from, CsiVolume volume))
        || made.at("/contentSource/volume/volumeId").asString("").equals(volume.handle());
  }

  /** The body of DeleteVolume, for what came of it. */
  ObjectNode deletion(JsonNode made, CsiSecrets secrets) {
    ObjectNode request = Json.object().put("volumeId", made.path("volumeId").asString(""));
    secrets.put(
        request, claim.key().cluster(), storage.secret("provisioner", claim.object(), name(claim)));
    return request;
  }

  /** The PersistentVolume of an answer. */
  ObjectNode volume(JsonNode made) {
    ObjectNode volume = Json.object();
    volume.put("apiVersion", "v1").put("kind", "PersistentVolume");
    ObjectNode meta = volume.putObject("metadata").put("name", name(claim));
    ObjectNode annotations = meta.putObject("annotations").put(MADE_BY, storage.provisioner());
    ObjectNode deletion = storage.secret("provisioner", claim.object(), name(claim));
    if (!deletion.isEmpty()) {
      annotations.put(DELETION_SECRET, deletion.path("name").asString(""));
      annotations.put(DELETION_NAMESPACE, deletion.path("namespace").asString(""));
    }
    if (storage.reclaim().equals("Delete")) {
      meta.putArray("finalizers").add(Finalizers.PROVISIONER);
    }
    JsonNode wanted = claim.object().content().path("spec");
    ObjectNode spec = volume.putObject("spec");
    spec.set("accessModes", wanted.path("accessModes").deepCopy());
    long capacity = made.path("capacityBytes").asLong(0);
    spec.putObject("capacity")
        .put(
            "storage",
            capacity > 0
                ? Quantity.ofBytes(capacity).toString()
                : wanted.at("/resources/requests/storage").asString("0"));
    spec.set("csi", source(made));
    spec.set("claimRef", ref());
    spec.put("persistentVolumeReclaimPolicy", storage.reclaim());
    spec.put("storageClassName", storage.name()).put("volumeMode", claim.volumeMode());
    if (!storage.mountOptions().isEmpty()) {
      spec.set("mountOptions", storage.mountOptions().deepCopy());
    }
    String attributes = wanted.path("volumeAttributesClassName").asString("");
    if (!attributes.isEmpty()) {
      spec.put("volumeAttributesClassName", attributes);
    }
    Topologies.affinity(made.path("accessibleTopology"))
        .ifPresent(a -> spec.set("nodeAffinity", a));
    return volume;
  }

  private ObjectNode source(JsonNode made) {
    ObjectNode source = Json.object();
    source.put("driver", storage.provisioner());
    source.put("volumeHandle", made.path("volumeId").asString(""));
    if (!storage.fsType().isEmpty() && !claim.volumeMode().equals("Block")) {
      source.put("fsType", storage.fsType());
    }
    if (!made.path("volumeContext").isEmpty()) {
      source.set("volumeAttributes", made.path("volumeContext").deepCopy());
    }
    secret(source, "controllerPublishSecretRef", "controller-publish");
    secret(source, "nodeStageSecretRef", "node-stage");
    secret(source, "nodePublishSecretRef", "node-publish");
    secret(source, "controllerExpandSecretRef", "controller-expand");
    secret(source, "nodeExpandSecretRef", "node-expand");
    return source;
  }

  private void secret(ObjectNode source, String member, String purpose) {
    ObjectNode ref = storage.secret(purpose, claim.object(), name(claim));
    if (!ref.isEmpty()) {
      source.set(member, ref);
    }
  }

  private ObjectNode ref() {
    ObjectNode ref = Json.object();
    ref.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    ref.put("namespace", claim.key().namespace()).put("name", claim.key().name());
    return ref.put("uid", claim.uid());
  }
}
