package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Persistent volume claims. */
final class ClaimRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path STATUS = Path.of("status");
  private static final Quantity NOTHING = Quantity.parse("0");
  private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
  private static final String FIXED =
      "spec is immutable after creation except resources.requests and volumeAttributesClassName"
          + " for bound claims";

  @Override
  public void validate(ObjectNode object, Checks checks) {
    spec(object.path("spec"), SPEC, checks);
  }

  /** The spec of a claim, also in a pod's own claim template. */
  static void spec(JsonNode spec, Path path, Checks checks) {
    AccessModes.validate(
        spec.path("accessModes"), path, "at least 1 access mode is required", checks);
    SelectorRules.labelSelector(spec.path("selector"), path.child("selector"), checks);
    JsonNode storage = spec.path("resources").path("requests").path("storage");
    Path at = path.child("resources").key("storage");
    if (storage.isMissingNode()) {
      checks.required(at, "");
    } else if (amount(storage).compareTo(NOTHING) <= 0) {
      checks.invalid(at, storage, "must be greater than zero");
    } else if (!amount(storage).integral()) {
      checks.invalid(at, storage, "must be an integer");
    }
    for (String name : List.of("storageClassName", "volumeAttributesClassName")) {
      String value = spec.path(name).asString("");
      if (!value.isEmpty()) {
        checks.invalidAll(path.child(name), value, NameRules.dnsSubdomain(value));
      }
    }
    AccessModes.volumeMode(spec.path("volumeMode"), path, checks);
    sources(spec, path, checks);
  }

  private static void sources(JsonNode spec, Path path, Checks checks) {
    JsonNode source = spec.path("dataSource");
    JsonNode reference = spec.path("dataSourceRef");
    source(source, path.child("dataSource"), checks);
    source(reference, path.child("dataSourceRef"), checks);
    String namespace = reference.path("namespace").asString("");
    if (!namespace.isEmpty()) {
      checks.invalidAll(
          path.child("dataSourceRef", "namespace"), namespace, NameRules.dnsLabel(namespace));
      if (!source.isMissingNode()) {
        checks.invalid(
            path,
            path.child("dataSource").toString(),
            "may not be specified when dataSourceRef.namespace is specified");
      }
    } else if (!source.isMissingNode() && !reference.isMissingNode() && !same(source, reference)) {
      checks.invalid(path, path.child("dataSource").toString(), "must match dataSourceRef");
    }
  }

  private static boolean same(JsonNode source, JsonNode reference) {
    return List.of("apiGroup", "kind", "name").stream()
        .allMatch(f -> source.path(f).asString("").equals(reference.path(f).asString("")));
  }

  private static void source(JsonNode source, Path path, Checks checks) {
    if (source.isMissingNode()) {
      return;
    }
    for (String field : List.of("name", "kind")) {
      if (source.path(field).asString("").isEmpty()) {
        checks.required(path.child(field), "");
      }
    }
    String group = source.path("apiGroup").asString("");
    String kind = source.path("kind").asString("");
    if (!group.isEmpty()) {
      checks.invalidAll(path.child("apiGroup"), group, NameRules.dnsSubdomain(group));
    } else if (!kind.isEmpty() && !kind.equals("PersistentVolumeClaim")) {
      checks.invalid(
          path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    }
  }

  static Quantity amount(JsonNode value) {
    return Quantity.parse(value.asString("0"));
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    fixed(object, old, checks);
    smaller(object, old, checks);
    JsonNode after = object.path("spec");
    JsonNode before = old.path("spec");
    if (!after.path("volumeMode").equals(before.path("volumeMode"))) {
      checks.immutable(Path.of("volumeMode"), after.path("volumeMode"));
    }
    boolean named = !before.path("volumeAttributesClassName").asString("").isEmpty();
    if (named && !after.has("volumeAttributesClassName")) {
      checks.forbidden(
          SPEC.child("volumeAttributesClassName"), "update from non-nil value to nil is forbidden");
    }
  }

  private static void fixed(ObjectNode object, ObjectNode old, Checks checks) {
    if (!(object.path("spec") instanceof ObjectNode now)
        || !(old.path("spec") instanceof ObjectNode then)) {
      return;
    }
    ObjectNode after = now.deepCopy();
    ObjectNode before = then.deepCopy();
    if (before.path("volumeName").asString("").isEmpty()) {
      after.remove("volumeName");
      before.remove("volumeName");
    }
    if (!before.has("storageClassName")) {
      after.remove("storageClassName");
    }
    if (object.path("status").path("phase").asString("").equals("Bound")) {
      for (ObjectNode spec : List.of(after, before)) {
        spec.remove("volumeAttributesClassName");
        if (spec.path("resources").path("requests") instanceof ObjectNode requests) {
          requests.remove("storage");
        }
      }
    }
    JsonNode classBefore = old.path("metadata").path("annotations").path(BETA_CLASS);
    JsonNode classAfter = object.path("metadata").path("annotations").path(BETA_CLASS);
    if (!classBefore.equals(classAfter)) {
      checks.immutable(Path.of("metadata").child("annotations").key(BETA_CLASS), classAfter);
    }
    if (!after.equals(before)) {
      checks.forbidden(SPEC, FIXED);
    }
  }

  /** A claim may shrink to above what it has got, to get out of an expansion that failed. */
  private static void smaller(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode after = object.path("spec").path("resources").path("requests").path("storage");
    JsonNode before = old.path("spec").path("resources").path("requests").path("storage");
    JsonNode has = old.path("status").path("capacity").path("storage");
    if (amount(after).compareTo(amount(before)) < 0 && amount(after).compareTo(amount(has)) <= 0) {
      checks.forbidden(
          SPEC.child("resources", "requests").child("storage"),
          "field can not be less than status.capacity");
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode status = object.path("status");
    for (String list : List.of("capacity", "allocatedResources")) {
      for (Map.Entry<String, JsonNode> amount : status.path(list).properties()) {
        if (amount.getValue().asString("").startsWith("-")) {
          checks.invalid(
              STATUS.child(list).key(amount.getKey()),
              amount.getValue(),
              "must be greater than or equal to 0");
        }
      }
    }
  }
}
