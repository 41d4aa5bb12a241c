package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Addresses that belong to some object ({@code IPAddress}); the name is the address. */
final class AddressRules implements KindRules {

  private static final Path PARENT = Path.of("spec").child("parentRef");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    String name = object.path("metadata").path("name").asString("");
    if (!name.isEmpty()) {
      Addresses.strict(name, Path.of("metadata").child("name"), checks);
    }
    JsonNode parent = object.path("spec").path("parentRef");
    if (parent.isMissingNode()) {
      checks.required(PARENT, "");
      return;
    }
    String group = parent.path("group").asString("");
    if (!group.isEmpty()) {
      checks.invalidAll(PARENT.child("group"), group, NameRules.dnsSubdomain(group));
    }
    for (String field : List.of("resource", "name")) {
      IngressBackends.segment(parent.path(field).asString(""), PARENT.child(field), checks);
    }
    String namespace = parent.path("namespace").asString("");
    checks.invalidAll(PARENT.child("namespace"), namespace, NameRules.pathSegment(namespace));
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode parent = object.path("spec").path("parentRef");
    if (!parent.equals(old.path("spec").path("parentRef"))) {
      checks.immutable(PARENT, parent);
    }
  }
}
