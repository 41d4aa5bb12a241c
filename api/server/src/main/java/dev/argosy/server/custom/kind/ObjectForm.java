package dev.argosy.server.custom.kind;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.field.Pruner;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.field.WrongTypeException;
import dev.argosy.model.status.Status;
import dev.argosy.server.custom.definition.VersionSchema;
import dev.argosy.server.custom.schema.Defaulting;
import dev.argosy.server.custom.schema.Pruning;
import dev.argosy.server.custom.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form of the objects of one version: which fields they have, and what stands for missing ones.
 *
 * @param metadata the type of {@code metadata}, which no schema can change
 */
record ObjectForm(VersionSchema version, StructType metadata) {

  private Schema schema() {
    return version.schema();
  }

  List<String> prune(ObjectNode object, ResourceType type) {
    List<String> unknown = new ArrayList<>();
    JsonNode found = object.get("metadata");
    if (found instanceof ObjectNode node) {
      try {
        Pruner.prune(metadata, node).forEach(path -> unknown.add("metadata." + path));
      } catch (WrongTypeException e) {
        throw wrong(type, String.valueOf(e.getMessage()));
      }
    } else if (found != null && !found.isNull()) {
      throw wrong(type, "metadata must be an object");
    }
    unknown.addAll(Pruning.prune(schema(), object, this::ofMetadata));
    return unknown;
  }

  private boolean ofMetadata(String name) {
    return metadata.field(name) != null;
  }

  private static RuntimeException wrong(ResourceType type, String why) {
    return Status.badRequest(
            type.kind()
                + " in version \""
                + type.version()
                + "\" cannot be handled as a "
                + type.kind()
                + ": "
                + why)
        .asException();
  }

  void applyDefaults(ObjectNode object) {
    Defaulting.apply(schema(), object);
  }

  /** As if the object had been written with this schema. */
  void complete(ObjectNode object) {
    Pruning.prune(schema(), object, this::ofMetadata);
    Defaulting.apply(schema(), object);
  }
}
