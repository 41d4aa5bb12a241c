package dev.argosy.server.custom;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.Strategy;
import dev.argosy.model.schema.Subresource;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects of a resource in all clusters at once, to be read only: nothing is known of them. */
final class AnyKind implements KindSchema {

  private static final List<String> READS = List.of("get", "list", "watch");
  private static final Strategy STRATEGY =
      new Strategy(false, false, Strategy.Generation.NONE, true, Strategy.Deletion.BACKGROUND);

  private final ResourceType type;

  AnyKind(String group, String version, String resource) {
    this.type =
        new ResourceType(
            group,
            version,
            resource,
            resource,
            "PartialObjectMetadata",
            true,
            List.of(),
            List.of(),
            READS,
            Set.of());
  }

  @Override
  public ResourceType type() {
    return type;
  }

  @Override
  public Strategy strategy() {
    return STRATEGY;
  }

  @Override
  public List<Subresource> subresources() {
    return List.of();
  }

  @Override
  public Optional<StructType> struct() {
    return Optional.empty();
  }

  @Override
  public ApiObject shown(ApiObject stored) {
    return stored;
  }

  @Override
  public List<String> prune(ObjectNode object) {
    return List.of();
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    // nothing is known of it
  }

  @Override
  public List<Cause> validate(ObjectNode object) {
    return List.of();
  }

  @Override
  public List<Cause> validateUpdate(ObjectNode object, ObjectNode old) {
    return List.of();
  }

  @Override
  public List<Cause> validateStatusUpdate(ObjectNode object, ObjectNode old) {
    return List.of();
  }

  @Override
  public ObjectNode strategicMerge(ObjectNode original, ObjectNode patch) {
    throw Status.of(Reason.UNSUPPORTED_MEDIA_TYPE, "nothing can be patched here").asException();
  }

  @Override
  public Set<String> fieldLabelNames() {
    return Set.of("metadata.name", "metadata.namespace");
  }

  @Override
  public String unsupportedFieldLabel(String label) {
    return "field label not supported: " + label;
  }

  @Override
  public Map<String, String> fieldLabels(JsonNode object) {
    return Map.of(
        "metadata.name",
        object.path("metadata").path("name").asString(""),
        "metadata.namespace",
        object.path("metadata").path("namespace").asString(""));
  }

  @Override
  public List<Column> columns() {
    return List.of(new Column("Name", "string", "name", "Name of the object", 0));
  }

  @Override
  public List<Object> cells(ObjectNode object, Instant now) {
    return List.of(object.path("metadata").path("name").asString(""));
  }
}
