package dev.argosy.server.custom.rule;

import dev.argosy.server.custom.schema.Schema;
import dev.argosy.server.custom.schema.Schema.Sizes;

/**
 * How large values can be: what the schema says, else what fits into a request. The numbers are
 * those with which Kubernetes estimates the cost of rules.
 */
final class Bounds {

  /** No request is larger, in bytes. */
  private static final long REQUEST = 3 * 1024 * 1024;

  private static final int BYTES_OF_A_CHARACTER = 4;

  private Bounds() {}

  /** The longest text, in bytes. */
  static long length(Schema schema) {
    Sizes sizes = schema.sizes();
    if (sizes.longest() >= 0) {
      return sizes.enumerated() ? sizes.longest() : sizes.longest() * BYTES_OF_A_CHARACTER;
    }
    return switch (sizes.format()) {
      case "date" -> 12;
      case "date-time" -> 27;
      case "duration" -> 32;
      default -> REQUEST - 2;
    };
  }

  /** The most elements of a list. */
  static long items(Schema schema) {
    if (schema.sizes().items() >= 0) {
      return schema.sizes().items();
    }
    Schema items = schema.shape().items();
    return (REQUEST - 2) / (1 + (items == null ? 1 : least(items)));
  }

  /** The most members of an object whose member names are data. */
  static long entries(Schema schema) {
    if (schema.sizes().entries() >= 0) {
      return schema.sizes().entries();
    }
    Schema values = schema.shape().additional();
    return (REQUEST - 2) / (6 + (values == null ? 1 : least(values)));
  }

  /** How often such values can stand in one request. */
  static long occurrences(Schema schema) {
    return REQUEST / (least(schema) + 1);
  }

  /** The least number of bytes that a value takes. */
  private static long least(Schema schema) {
    if (schema.types().size() != 1) {
      return 1;
    }
    return switch (schema.types().getFirst()) {
      case "object" -> object(schema);
      case "string" ->
          switch (schema.sizes().format()) {
            case "date" -> 12;
            case "date-time" -> 22;
            default -> 2;
          };
      case "boolean" -> 4;
      case "array" -> 2;
      default -> 1;
    };
  }

  private static long object(Schema schema) {
    long size = 2;
    for (String name : schema.sizes().required()) {
      Schema property = schema.shape().properties().get(name);
      if (property != null && property.defaultValue() == null) {
        size += name.length() + 4 + least(property);
      }
    }
    return size;
  }
}
