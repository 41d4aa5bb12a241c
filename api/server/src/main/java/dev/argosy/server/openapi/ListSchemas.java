package dev.argosy.server.openapi;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of lists, which are alike for all kinds. */
final class ListSchemas {

  private ListSchemas() {}

  /**
   * The schema of the lists of a kind.
   *
   * @param item the name of the kind's own definition
   */
  static ObjectNode of(Dialect dialect, KindSchema kind, String item) {
    String name = kind.type().kind();
    ObjectNode definition = Json.object();
    definition.put("description", kind.listKind() + " is a list of " + name + " objects.");
    ObjectNode properties = definition.putObject("properties");
    properties.set("apiVersion", text("The group and version of this list."));
    ObjectNode items = properties.putObject("items");
    items.put("description", "The objects.").put("type", "array");
    items.set("items", dialect.decorated(item));
    properties.set("kind", text("The kind of this list."));
    ObjectNode metadata = dialect.decorated(TypeNames.META + "ListMeta");
    properties.set("metadata", metadata.put("description", "Standard list metadata."));
    definition.putArray("required").add("items");
    definition.put("type", "object");
    Definitions.identify(definition, kind.type().group(), kind.type().version(), kind.listKind());
    return definition;
  }

  static ObjectNode text(String description) {
    return Json.object().put("description", description).put("type", "string");
  }
}
