package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claims for devices, and templates of them. Neither's spec ever changes. */
record DeviceClaimRules(boolean template) implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path STATUS = Path.of("status");
  private static final int MAX_CONSUMERS = 256;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    if (template) {
      MetadataRules.labels(
          spec.path("metadata").path("labels"), SPEC.child("metadata", "labels"), checks);
      DeviceRequests.validate(
          spec.path("spec").path("devices"), SPEC.child("spec", "devices"), checks);
    } else {
      DeviceRequests.validate(spec.path("devices"), SPEC.child("devices"), checks);
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (!object.path("spec").equals(old.path("spec"))) {
      checks.immutable(SPEC, object.path("spec"));
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode status = object.path("status");
    consumers(object, old, checks);
    JsonNode before = old.path("status").path("allocation");
    JsonNode after = status.path("allocation");
    if (!before.isMissingNode() && !after.isMissingNode()) {
      if (!before.equals(after)) {
        checks.immutable(STATUS.child("allocation"), after);
      }
    } else if (!after.isMissingNode()) {
      Set<String> names = DeviceRequests.names(object.path("spec").path("devices"));
      DeviceAllocations.validate(after, names, STATUS.child("allocation"), checks);
    }
    DeviceAllocations.states(status.path("devices"), after, STATUS.child("devices"), checks);
  }

  private static void consumers(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode consumers = object.path("status").path("reservedFor");
    Path path = STATUS.child("reservedFor");
    for (int i = 0; i < consumers.size(); i++) {
      for (String field : List.of("resource", "name", "uid")) {
        if (consumers.get(i).path(field).asString("").isEmpty()) {
          checks.required(path.at(i).child(field), "");
        }
      }
    }
    DeviceNames.set(consumers, "uid", MAX_CONSUMERS, path, checks);
    if (consumers.isEmpty()) {
      return;
    }
    if (!object.path("status").has("allocation")) {
      checks.forbidden(path, "may not be specified when `allocated` is not set");
    } else if (object.path("metadata").has("deletionTimestamp")
        && !contained(consumers, old.path("status").path("reservedFor"))) {
      checks.forbidden(
          path,
          "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are"
              + " set");
    }
  }

  private static boolean contained(JsonNode consumers, JsonNode before) {
    for (JsonNode consumer : consumers) {
      boolean known = false;
      for (JsonNode old : before) {
        known |= old.equals(consumer);
      }
      if (!known) {
        return false;
      }
    }
    return true;
  }
}
