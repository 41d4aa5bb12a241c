package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events. The core form is lenient towards its many old writers; the newer form names what it
 * wants.
 */
record EventRules(boolean newer) implements KindRules {

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode regarding = object.path(newer ? "regarding" : "involvedObject");
    String own = object.path("metadata").path("namespace").asString("");
    String about = regarding.path("namespace").asString("");
    boolean fits =
        about.isEmpty()
            ? own.isEmpty() || own.equals("default") || own.equals("kube-system")
            : own.equals(about);
    if (!fits) {
      checks.invalid(
          Path.of(newer ? "regarding" : "involvedObject").child("namespace"),
          about,
          about.isEmpty() ? "not allowed on namespaced events" : "does not match event.namespace");
    }
    if (!newer || !object.has("eventTime")) {
      return;
    }
    for (String field : List.of("reportingController", "reportingInstance", "action", "reason")) {
      if (object.path(field).asString("").isEmpty()) {
        checks.required(Path.of(field), "");
      }
    }
    checks.oneOf(Path.of("type"), object.path("type").asString(""), List.of("Normal", "Warning"));
  }
}
