package dev.argosy.server.custom.definition;

import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.Pruner;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.field.WrongTypeException;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings definitions into their form: defaults, and known fields only in schemas of any depth. */
public final class DefinitionForm {

  private static final List<String> MAPS =
      List.of("properties", "patternProperties", "definitions", "dependencies");
  private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SINGLES =
      List.of("items", "additionalProperties", "additionalItems", "not");

  private final StructType schema;

  public DefinitionForm(FieldTable fields) {
    this.schema = fields.get("apiextensions.k8s.io/v1", "JSONSchemaProps");
  }

  /**
   * Completes a definition, in place.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest if a schema has a member of the
   *     wrong type
   */
  public void complete(ObjectNode definition) {
    if (!(definition.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    if (spec.get("names") instanceof ObjectNode names) {
      String kind = names.path("kind").asString("");
      if (names.path("singular").asString("").isEmpty() && !kind.isEmpty()) {
        names.put("singular", kind.toLowerCase(Locale.ROOT));
      }
      if (names.path("listKind").asString("").isEmpty() && !kind.isEmpty()) {
        names.put("listKind", kind + "List");
      }
    }
    conversion(spec);
    for (JsonNode version : spec.path("versions")) {
      if (version.path("schema").get("openAPIV3Schema") instanceof ObjectNode root) {
        schema(root);
      }
    }
  }

  private static void conversion(ObjectNode spec) {
    if (!spec.path("conversion").isObject()) {
      spec.putObject("conversion").put("strategy", "None");
    }
    JsonNode service = spec.path("conversion").path("webhook").path("clientConfig").path("service");
    if (service instanceof ObjectNode address && !address.has("port")) {
      address.put("port", 443);
    }
  }

  /** The members that may be a schema or something else are not seen by the field table. */
  private void schema(ObjectNode node) {
    try {
      Pruner.prune(schema, node);
    } catch (WrongTypeException e) {
      throw Status.badRequest(
              "CustomResourceDefinition in version \"v1\" cannot be handled as a"
                  + " CustomResourceDefinition: "
                  + e.getMessage())
          .asException();
    }
    for (String name : MAPS) {
      node.path(name).forEach(this::below);
    }
    for (String name : LISTS) {
      node.path(name).forEach(this::below);
    }
    for (String name : SINGLES) {
      below(node.path(name));
    }
  }

  private void below(JsonNode node) {
    if (node instanceof ObjectNode below) {
      schema(below);
    } else if (node.isArray()) {
      node.forEach(this::below);
    }
  }
}
