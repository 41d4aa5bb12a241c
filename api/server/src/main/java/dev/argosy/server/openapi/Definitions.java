package dev.argosy.server.openapi;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.Subresource;
import dev.argosy.model.schema.description.Descriptions;
import dev.argosy.model.schema.description.Enums;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import dev.argosy.model.schema.field.StructType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The definitions of all types that some kinds need. Used once. */
final class Definitions {

  private final Dialect dialect;
  private final FieldTable fields;
  private final Descriptions descriptions;
  private final Enums enums = Enums.load();
  private final FieldSchemas schemas;
  private final CustomSchemas custom;
  private final Map<String, ObjectNode> made = new TreeMap<>();
  private final Set<StructType> seen = new HashSet<>();
  private final Deque<StructType> open = new ArrayDeque<>();

  Definitions(Dialect dialect, FieldTable fields, Descriptions descriptions) {
    this.dialect = dialect;
    this.fields = fields;
    this.descriptions = descriptions;
    this.schemas = new FieldSchemas(dialect);
    this.custom = new CustomSchemas(dialect);
  }

  /** Only what custom resources add to the definitions of all others. */
  static ObjectNode ofCustom(Dialect dialect, List<KindSchema> kinds) {
    Map<String, ObjectNode> made = new TreeMap<>();
    CustomSchemas custom = new CustomSchemas(dialect);
    kinds.forEach(kind -> custom.addTo(made, kind));
    ObjectNode definitions = Json.object();
    made.forEach(definitions::set);
    return definitions;
  }

  ObjectNode of(List<KindSchema> kinds) {
    for (KindSchema kind : kinds) {
      kind.struct().ifPresentOrElse(struct -> kind(kind, struct), () -> custom.addTo(made, kind));
    }
    if (!made.isEmpty()) {
      fields.find("meta/v1", "ObjectMeta").ifPresent(this::reach);
    }
    for (String name : List.of("DeleteOptions", "Status", "ListMeta", "APIResourceList")) {
      fields.find("meta/v1", name).ifPresent(this::reach);
    }
    spread();
    mark("DeleteOptions", kinds);
    mark("Status", List.of());
    WellKnownSchemas.addTo(made, dialect);
    ObjectNode definitions = Json.object();
    made.forEach(definitions::set);
    return definitions;
  }

  private void kind(KindSchema kind, StructType struct) {
    reach(struct);
    spread();
    String group = kind.type().group();
    String version = kind.type().version();
    identify(made.get(TypeNames.of(struct)), group, version, kind.type().kind());
    if (kind.type().verbs().contains("list")) {
      made.put(TypeNames.of(struct) + "List", ListSchemas.of(dialect, kind, TypeNames.of(struct)));
    }
    for (Subresource subresource : kind.subresources()) {
      String groupVersion =
          subresource.group().isEmpty()
              ? subresource.version()
              : subresource.group() + "/" + subresource.version();
      fields
          .find(groupVersion, subresource.kind())
          .filter(body -> !seen.contains(body) && !body.name().endsWith("Options"))
          .ifPresent(body -> {
            reach(body);
            spread();
            identify(
                made.get(TypeNames.of(body)),
                subresource.group(),
                subresource.version(),
                body.name());
          });
    }
  }

  private void reach(StructType struct) {
    if (seen.add(struct)) {
      open.add(struct);
    }
  }

  private void spread() {
    while (!open.isEmpty()) {
      StructType struct = open.remove();
      struct.fields().forEach(field -> reach(field.type()));
      made.put(TypeNames.of(struct), struct(struct));
    }
  }

  private void reach(FieldType type) {
    switch (type) {
      case Struct struct -> reach(struct.struct());
      case ListOf list -> reach(list.item());
      case MapOf map -> reach(map.value());
      case Scalar scalar -> {}
    }
  }

  private ObjectNode struct(StructType struct) {
    ObjectNode definition = Json.object();
    describe(definition, descriptions.of(struct));
    ObjectNode properties = Json.object();
    ArrayNode required = Json.mapper().createArrayNode();
    for (Field field : struct.fields()) {
      ObjectNode schema = schemas.of(field, descriptions.of(struct, field));
      FieldSchemas.allow(schema, enums.of(struct, field));
      properties.set(field.name(), schema);
      boolean envelope = field.name().equals("kind") || field.name().equals("apiVersion");
      if (field.required() && !envelope) {
        required.add(field.name());
      }
    }
    if (!properties.isEmpty()) {
      definition.set("properties", properties);
    }
    if (!required.isEmpty()) {
      definition.set("required", required);
    }
    definition.put("type", "object");
    if (struct.atomic()) {
      definition.put("x-kubernetes-map-type", "atomic");
    }
    return definition;
  }

  private static void describe(ObjectNode definition, String description) {
    if (!description.isEmpty()) {
      definition.put("description", description);
    }
  }

  /** Delete options belong to every group version, other common types to the core. */
  private void mark(String name, List<KindSchema> kinds) {
    ObjectNode definition = made.get(TypeNames.META + name);
    if (definition == null) {
      return;
    }
    identify(definition, "", "v1", name);
    Set<String> marked = new HashSet<>(Set.of("v1"));
    for (KindSchema kind : kinds) {
      if (marked.add(kind.type().apiVersion())) {
        identify(definition, kind.type().group(), kind.type().version(), name);
      }
    }
  }

  static void identify(@Nullable ObjectNode definition, String group, String version, String kind) {
    if (definition == null) {
      return;
    }
    ArrayNode kinds =
        definition.get(FieldSchemas.KIND) instanceof ArrayNode there
            ? there
            : definition.putArray(FieldSchemas.KIND);
    kinds.addObject().put("group", group).put("kind", kind).put("version", version);
  }
}
