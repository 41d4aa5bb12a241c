package dev.argosy.server.custom.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One node of a structural schema, read for good.
 *
 * @param types what a value may be: {@code object}, {@code array}, {@code string}…; empty: anything
 * @param shape what is below
 * @param marks Kubernetes' extensions
 * @param sizes how large values can be
 * @param defaultValue what stands for a missing value; null if nothing does
 * @param checks everything else that a value must fulfil
 * @param rules its {@code x-kubernetes-validations}
 */
public record Schema(
    List<String> types,
    Shape shape,
    Marks marks,
    Sizes sizes,
    @Nullable JsonNode defaultValue,
    List<Check> checks,
    List<RuleText> rules) {

  /**
   * What values have below them.
   *
   * @param properties members with schemas of their own, in the order of the definition
   * @param additional the schema of all other members; null if none is given
   * @param open whether {@code additionalProperties} allows other members
   * @param items the schema of elements; null if none is given
   */
  public record Shape(
      Map<String, Schema> properties,
      @Nullable Schema additional,
      boolean open,
      @Nullable Schema items) {}

  /**
   * Kubernetes' extensions of JSON schema.
   *
   * @param listType {@code atomic}, {@code set}, {@code map} or empty
   * @param mapType {@code atomic}, {@code granular} or empty
   */
  public record Marks(
      boolean nullable,
      boolean preserveUnknown,
      boolean embedded,
      boolean intOrString,
      String listType,
      List<String> mapKeys,
      String mapType) {
    public Marks {
      mapKeys = List.copyOf(mapKeys);
    }
  }

  /**
   * What is known of the size of values before there is one; {@link #UNBOUNDED} if nothing.
   *
   * @param format the format of texts; empty if none
   * @param longest characters of the longest text
   * @param enumerated whether texts are of a list
   * @param items elements of the longest list
   * @param entries members of the largest object
   * @param required members that every object has
   */
  public record Sizes(
      String format,
      long longest,
      boolean enumerated,
      long items,
      long entries,
      List<String> required) {

    public static final long UNBOUNDED = -1;

    public Sizes {
      required = List.copyOf(required);
    }
  }

  /** One of the {@code x-kubernetes-validations}, as it was written; empty where nothing was. */
  public record RuleText(
      String rule,
      String message,
      String messageExpression,
      String reason,
      String fieldPath,
      boolean optionalOldSelf) {}

  public Schema {
    types = List.copyOf(types);
    checks = List.copyOf(checks);
    rules = List.copyOf(rules);
  }

  /** The schema of a member; null if it has none. */
  public @Nullable Schema member(String name) {
    Schema own = shape.properties().get(name);
    return own == null ? shape.additional() : own;
  }

  /** Whether a null stands here by mistake, so that a default or nothing takes its place. */
  boolean unwantedNull(@Nullable JsonNode value) {
    return value != null && value.isNull() && !marks.nullable();
  }
}
