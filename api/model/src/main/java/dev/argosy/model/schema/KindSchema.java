package dev.argosy.model.schema;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.managed.TypeShape;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.print.Row;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.StatusException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one version of a resource knows about its objects. Trees are changed only where said. */
public interface KindSchema {

  ResourceType type();

  /** What users of a deprecated version are told with every answer; empty if it is not. */
  default Optional<String> deprecationWarning() {
    return Optional.empty();
  }

  /** How writes of it behave. */
  Strategy strategy();

  /** Its subresources with the kinds of their bodies, ordered by name. */
  List<Subresource> subresources();

  /** What lists of it are called. */
  default String listKind() {
    return type().kind() + "List";
  }

  /** The fields of its objects; empty for kinds without a type of their own (custom resources). */
  Optional<StructType> struct();

  /** How the fields of its objects are owned and merged by server-side apply. */
  default TypeShape shape() {
    return TypeShape.DEDUCED;
  }

  /**
   * Under which resource its objects are kept. Versions of one resource share it by nature; the two
   * event APIs share it although their groups differ.
   */
  default GroupResource storage() {
    return type().groupResource();
  }

  /** The form in which an object is kept; the argument itself if that is its own form. */
  default ObjectNode toStored(ObjectNode object) {
    return object;
  }

  /** An object of this version, made of the form in which it is kept. */
  default ObjectNode fromStored(ObjectNode stored) {
    return stored;
  }

  /** Whether {@link #toStored} and {@link #fromStored} change anything. */
  default boolean convertsStored() {
    return !storage().equals(type().groupResource());
  }

  /**
   * A kept object in the form of this version: itself if it is kept in that form. What was made is
   * kept with the object.
   */
  default ApiObject shown(ApiObject stored) {
    return convertsStored() ? stored.derived(ApiObject.class, this, this::converted) : stored;
  }

  /** A new object of the same revision in the form of this version. */
  private ApiObject converted(ApiObject stored) {
    byte[] json = Json.canonical(fromStored(stored.tree()));
    return ApiObject.ofWire(stored.key(), stored.revision(), json);
  }

  /** Several at once; for kinds that convert them together cheaper than one by one. */
  default List<ApiObject> shownAll(List<ApiObject> stored) {
    return convertsStored() ? stored.stream().map(this::shown).toList() : stored;
  }

  /** Where the scale of its objects is found; empty where it has none. */
  default Optional<ScalePaths> scale() {
    return type().subresources().contains("scale")
        ? Optional.of(ScalePaths.OF_WORKLOADS)
        : Optional.empty();
  }

  /**
   * The JSON schema that its author wrote, for OpenAPI; only of kinds without a {@link #struct}.
   * Not to be changed.
   */
  default Optional<ObjectNode> publishedSchema() {
    return Optional.empty();
  }

  /**
   * Removes every field that the kind does not have, nulls, and empty values that mean nothing;
   * brings quantities and times into canonical form.
   *
   * @return the paths of the unknown fields, for example {@code spec.foo}, in document order
   * @throws StatusException BadRequest if a field has the wrong JSON type
   */
  List<String> prune(ObjectNode object);

  /** Fills in defaults, in place. */
  void applyDefaults(ObjectNode object);

  /** What is wrong with a new object (defaults applied, metadata filled in); empty if nothing. */
  List<Cause> validate(ObjectNode object);

  /** What is wrong with a change, immutable fields included; empty if nothing. */
  List<Cause> validateUpdate(ObjectNode object, ObjectNode old);

  /**
   * As {@link #validateUpdate}, for a write to a subresource with rules of its own: {@code
   * ephemeralcontainers} and {@code resize} of pods.
   */
  default List<Cause> validateUpdateOf(String subresource, ObjectNode object, ObjectNode old) {
    return validateUpdate(object, old);
  }

  /**
   * What is allowed in an object and yet unwise, for the one who writes it; nothing about what has
   * not changed.
   *
   * @param old null if the object is new
   */
  default List<String> warnings(ObjectNode object, @Nullable ObjectNode old) {
    return List.of();
  }

  /** As {@link #validateUpdate}, for a write to the status subresource. */
  List<Cause> validateStatusUpdate(ObjectNode object, ObjectNode old);

  /**
   * The result of a strategic merge patch; neither argument is changed.
   *
   * @throws StatusException BadRequest for a malformed patch, UnsupportedMediaType if the kind has
   *     no merge keys (custom resources)
   */
  ObjectNode strategicMerge(ObjectNode original, ObjectNode patch);

  /** The names of all field labels that a field selector may use. */
  Set<String> fieldLabelNames();

  /** The error text for any other label. */
  String unsupportedFieldLabel(String label);

  /**
   * The values of all field labels that a field selector may name; metadata.name and
   * metadata.namespace included. A label that is not among the keys is not supported.
   */
  Map<String, String> fieldLabels(JsonNode object);

  /** The columns of its tables, wide ones included. */
  List<Column> columns();

  /** The cells of one row, in the order of the columns; numbers and booleans as such. */
  List<Object> cells(ObjectNode object, Instant now);

  /** The same apart from the time, to be kept with the object. */
  default Row row(ObjectNode object) {
    List<Object> early = cells(object, Instant.EPOCH);
    List<Object> late = cells(object, Instant.parse("9999-01-01T00:00:00Z"));
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < early.size(); i++) {
      int column = i;
      boolean fixed = Objects.equals(early.get(i), late.get(i));
      kept.add(fixed ? early.get(i) : (Row.Timed) now -> cells(object, now).get(column));
    }
    return new Row(kept);
  }

  /**
   * Where a scale is found in an object: names of members, from the top.
   *
   * @param selector a label selector, as an object or as text; empty if there is none
   */
  record ScalePaths(List<String> specReplicas, List<String> statusReplicas, List<String> selector) {

    /** Where workloads of Kubernetes have it. */
    public static final ScalePaths OF_WORKLOADS =
        new ScalePaths(
            List.of("spec", "replicas"),
            List.of("status", "replicas"),
            List.of("spec", "selector"));

    public ScalePaths {
      specReplicas = List.copyOf(specReplicas);
      statusReplicas = List.copyOf(statusReplicas);
      selector = List.copyOf(selector);
    }
  }

  /**
   * A column of a Table.
   *
   * @param type OpenAPI type: string, integer, boolean, date
   * @param format {@code name} for the name column; empty otherwise
   * @param priority 0 always shown, 1 only with {@code -o wide}
   */
  record Column(String name, String type, String format, String description, int priority) {}
}
