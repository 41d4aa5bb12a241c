package dev.argosy.model.schema;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.StatusException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What one version of a resource knows about its objects. Trees are changed only where said. */
public interface KindSchema {

  ResourceType type();

  /**
   * Removes every field that the kind does not have.
   *
   * @return the paths removed, for example {@code spec.foo}, in document order
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
   * The result of a strategic merge patch; neither argument is changed.
   *
   * @throws StatusException BadRequest for a malformed patch, UnsupportedMediaType if the kind has
   *     no merge keys (custom resources)
   */
  ObjectNode strategicMerge(ObjectNode original, ObjectNode patch);

  /**
   * The values of all field labels that a field selector may name; metadata.name and
   * metadata.namespace included. A label that is not among the keys is not supported.
   */
  Map<String, String> fieldLabels(ObjectNode object);

  /** The columns of its tables, wide ones included. */
  List<Column> columns();

  /** The cells of one row, in the order of the columns; numbers and booleans as such. */
  List<Object> cells(ObjectNode object, Instant now);

  /**
   * A column of a Table.
   *
   * @param type OpenAPI type: string, integer, boolean, date
   * @param format {@code name} for the name column; empty otherwise
   * @param priority 0 always shown, 1 only with {@code -o wide}
   */
  record Column(String name, String type, String format, String description, int priority) {}
}
