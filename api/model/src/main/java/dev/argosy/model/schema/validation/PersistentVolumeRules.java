package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.object.Json;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Persistent volumes. */
final class PersistentVolumeRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Quantity NOTHING = Quantity.parse("0");
  private static final List<String> POLICIES = List.of("Delete", "Recycle", "Retain");
  private static final Set<String> NO_SOURCE =
      Set.of(
          "capacity",
          "accessModes",
          "claimRef",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "mountOptions",
          "volumeMode",
          "nodeAffinity",
          "volumeAttributesClassName");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    AccessModes.validate(spec.path("accessModes"), SPEC, "", checks);
    capacity(spec.path("capacity"), checks);
    String policy = spec.path("persistentVolumeReclaimPolicy").asString("");
    if (!policy.isEmpty() && !POLICIES.contains(policy)) {
      checks.notSupported(SPEC.child("persistentVolumeReclaimPolicy"), policy, POLICIES);
    }
    affinity(spec.path("nodeAffinity"), checks);
    sources(spec, checks);
    boolean root = spec.path("hostPath").path("path").asString("").matches("/+");
    if (root && policy.equals("Recycle")) {
      checks.forbidden(
          SPEC.child("persistentVolumeReclaimPolicy"),
          "may not be 'recycle' for a hostPath mount of '/'");
    }
    String name = spec.path("storageClassName").asString("");
    if (!name.isEmpty()) {
      checks.invalidAll(SPEC.child("storageClassName"), name, NameRules.dnsSubdomain(name));
    }
    AccessModes.volumeMode(spec.path("volumeMode"), SPEC, checks);
    attributes(spec, checks);
  }

  private static void capacity(JsonNode capacity, Checks checks) {
    Path path = SPEC.child("capacity");
    if (capacity.isEmpty()) {
      checks.required(path, "");
    }
    if (!capacity.has("storage") || capacity.size() > 1) {
      checks.notSupported(
          path, capacity.isMissingNode() ? Json.object() : capacity, List.of("storage"));
    }
    for (Map.Entry<String, JsonNode> amount : capacity.properties()) {
      if (ClaimRules.amount(amount.getValue()).compareTo(NOTHING) <= 0) {
        checks.invalid(path.key(amount.getKey()), amount.getValue(), "must be greater than zero");
      }
    }
  }

  private static void affinity(JsonNode affinity, Checks checks) {
    Path path = SPEC.child("nodeAffinity", "required");
    if (affinity.isMissingNode()) {
      return;
    }
    if (affinity.has("required")) {
      SchedulingRules.nodeSelector(affinity.path("required"), path, checks);
    } else {
      checks.required(path, "must specify required node constraints");
    }
  }

  private static void sources(JsonNode spec, Checks checks) {
    boolean found = false;
    for (Map.Entry<String, JsonNode> member : spec.properties()) {
      String type = member.getKey();
      if (NO_SOURCE.contains(type)) {
        continue;
      }
      if (found) {
        checks.forbidden(SPEC.child(type), "may not specify more than 1 volume type");
      } else {
        VolumeSourceRules.validate(type, member.getValue(), SPEC.child(type), checks);
      }
      found = true;
    }
    if (!found) {
      checks.required(SPEC, "must specify a volume type");
    }
    if (spec.has("local") && !spec.has("nodeAffinity")) {
      checks.required(SPEC.child("nodeAffinity"), "Local volume requires node affinity");
    }
  }

  private static void attributes(JsonNode spec, Checks checks) {
    if (!spec.has("volumeAttributesClassName")) {
      return;
    }
    String name = spec.path("volumeAttributesClassName").asString("");
    Path path = SPEC.child("volumeAttributesClassName");
    if (name.isEmpty()) {
      checks.required(path, "an empty string is disallowed");
    } else {
      checks.invalidAll(path, name, NameRules.dnsSubdomain(name));
    }
    if (!spec.has("csi")) {
      checks.required(
          SPEC.child("csi"), "has to be specified when using volumeAttributesClassName");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode after = object.path("spec");
    JsonNode before = old.path("spec");
    if (!source(after).equals(source(before))) {
      checks.forbidden(
          SPEC.child("persistentvolumesource"),
          "spec.persistentvolumesource is immutable after creation");
    }
    if (!after.path("volumeMode").equals(before.path("volumeMode"))) {
      checks.immutable(Path.of("volumeMode"), after.path("volumeMode"));
    }
    if (before.has("nodeAffinity")
        && !after.path("nodeAffinity").equals(before.path("nodeAffinity"))) {
      checks.immutable(Path.of("nodeAffinity"), after.path("nodeAffinity"));
    }
    if (before.has("volumeAttributesClassName") && !after.has("volumeAttributesClassName")) {
      checks.forbidden(
          SPEC.child("volumeAttributesClassName"), "update from non-nil value to nil is forbidden");
    }
  }

  /** What the volume is made of; a secret for expansion may be added to it later. */
  private static ObjectNode source(JsonNode spec) {
    ObjectNode copy = spec instanceof ObjectNode node ? node.deepCopy() : Json.object();
    copy.remove(NO_SOURCE);
    if (copy.path("csi") instanceof ObjectNode csi) {
      csi.remove(List.of("controllerExpandSecretRef", "nodeExpandSecretRef"));
    }
    return copy;
  }
}
