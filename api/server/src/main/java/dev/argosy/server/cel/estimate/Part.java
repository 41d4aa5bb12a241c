package dev.argosy.server.cel.estimate;

import dev.argosy.server.cel.Shape;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a part of an expression.
 *
 * @param cost of computing it
 * @param size of its value
 * @param shape of its value; null if it is computed
 * @param entry the size of its items or values; null if that is not known
 */
record Part(Amount cost, Amount size, @Nullable Shape shape, @Nullable Amount entry) {

  static Part computed(Amount cost, Amount size) {
    return new Part(cost, size, null, null);
  }

  /** A value that comes from outside: as large as its shape, or else its type, allows. */
  static Part of(Amount cost, @Nullable Shape shape, @Nullable CelType type) {
    return new Part(cost, size(shape, type), shape, null);
  }

  private static Amount size(@Nullable Shape shape, @Nullable CelType type) {
    if (shape != null && !(shape instanceof Shape.Checked)) {
      return new Amount(0, Bounds.most(shape));
    }
    return type == null ? Amount.ANY : ofType(type);
  }

  /** Numbers and the like have size 1. */
  static Amount ofType(CelType type) {
    return switch (type.kind()) {
      case BOOL, INT, UINT, DOUBLE, DURATION, TIMESTAMP, NULL_TYPE, TYPE -> Amount.ONE;
      default -> Amount.ANY;
    };
  }

  boolean isList(@Nullable CelType type) {
    return shape instanceof Shape.ListOf || (type != null && type.kind() == CelKind.LIST);
  }

  /** The field of that name. */
  @Nullable Shape field(String name) {
    return switch (shape) {
      case Shape.ObjectOf object -> object.field().apply(name);
      case Shape.MapOf map -> map.value();
      case null, default -> null;
    };
  }

  /** What a single variable of a loop over it stands for: items, or keys, which count nothing. */
  @Nullable Shape each() {
    return switch (shape) {
      case Shape.ListOf list -> list.item();
      case Shape.MapOf map -> new Shape.Scalar(Shape.Kind.STRING, 0);
      case null, default -> null;
    };
  }

  /** Items, or values. */
  @Nullable Shape value() {
    return switch (shape) {
      case Shape.ListOf list -> list.item();
      case Shape.MapOf map -> map.value();
      case null, default -> null;
    };
  }

  Part withCost(Amount other) {
    return new Part(other, size, shape, entry);
  }
}
