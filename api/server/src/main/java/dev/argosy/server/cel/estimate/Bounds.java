package dev.argosy.server.cel.estimate;

import dev.argosy.server.cel.Shape;

/**
 * How large values can become at most. Where a shape says nothing, no request is larger than
 * {@value #MAX_BODY} bytes, so there are only so many of the smallest items.
 */
public final class Bounds {

  static final long MAX_BODY = 3 * 1024 * 1024;

  private static final int PUNCTUATION = 4;
  private static final int SMALLEST_VALUE = 2;
  private static final long LONGEST_TIME = 35;

  private Bounds() {}

  /** Characters, items or entries; 0 for what has no size that matters. */
  public static long most(Shape shape) {
    return switch (shape) {
      case Shape.Scalar scalar -> most(scalar);
      case Shape.ListOf(Shape item, long most, Shape.ListKind kind, var keys) ->
          known(most, (MAX_BODY - 2) / (least(item) + 1));
      case Shape.MapOf(Shape key, Shape value, long most) ->
          known(most, (MAX_BODY - 2) / (least(value) + PUNCTUATION + 2));
      case Shape.ObjectOf object -> 0;
      case Shape.OpaqueOf opaque -> 1;
      case Shape.Checked checked -> Amount.UNKNOWN;
      case Shape.OptionalOf optional -> most(optional.value());
    };
  }

  private static long most(Shape.Scalar scalar) {
    return switch (scalar.kind()) {
      case STRING, BYTES, INT_OR_STRING -> known(scalar.maxSize(), MAX_BODY - 2);
      case DATE, TIMESTAMP, DURATION -> LONGEST_TIME;
      case BOOL, INT, DOUBLE, DYN -> 0;
    };
  }

  private static long known(long bound, long otherwise) {
    return bound == Shape.UNBOUNDED ? otherwise : bound;
  }

  /**
   * Bytes of the smallest value in JSON. Objects are taken to have all their fields, for shapes do
   * not tell which are required; so the estimate is never stricter than Kubernetes'.
   */
  private static long least(Shape shape) {
    return switch (shape) {
      case Shape.Scalar scalar ->
          switch (scalar.kind()) {
            case INT, DOUBLE, DYN, INT_OR_STRING -> 1;
            case BOOL -> 4;
            case STRING, BYTES, DATE, TIMESTAMP, DURATION -> 2;
          };
      case Shape.ObjectOf object -> {
        long bytes = 2;
        for (String name : object.fieldNames().get()) {
          bytes += name.length() + PUNCTUATION + SMALLEST_VALUE;
        }
        yield bytes;
      }
      case Shape.ListOf list -> 2;
      case Shape.MapOf map -> 2;
      case Shape.OpaqueOf opaque -> 2;
      case Shape.Checked checked -> 2;
      case Shape.OptionalOf optional -> least(optional.value());
    };
  }
}
