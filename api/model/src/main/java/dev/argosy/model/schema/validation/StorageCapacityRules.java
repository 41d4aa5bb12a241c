package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How much room a storage class has somewhere. */
final class StorageCapacityRules implements KindRules {

  @Override
  public void validate(ObjectNode object, Checks checks) {
    SelectorRules.labelSelector(object.path("nodeTopology"), Path.of("nodeTopology"), checks);
    String name = object.path("storageClassName").asString("");
    checks.invalidAll(Path.of("storageClassName"), name, NameRules.dnsSubdomain(name));
    for (String field : List.of("capacity", "maximumVolumeSize")) {
      JsonNode amount = object.path(field);
      if (amount.asString("").startsWith("-")) {
        checks.invalid(Path.of(field), amount, "must be greater than or equal to 0");
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    for (String field : List.of("nodeTopology", "storageClassName")) {
      if (!object.path(field).equals(old.path(field))) {
        checks.immutable(Path.of(field), object.path(field));
      }
    }
  }
}
