package dev.argosy.server.cel.library;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.value.Opaque;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;

/**
 * {@code quantity('1.5Gi')}, its arithmetic and comparisons.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library">
 *     Kubernetes: quantity library</a>
 */
final class Quantities implements Library {

  private static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");

  /** A quantity in an expression. */
  record QuantityValue(Quantity quantity) implements Opaque {

    @Override
    public String typeName() {
      return "kubernetes.Quantity";
    }
  }

  @Override
  public void declare(Declarations declarations) {
    CelType bool = SimpleType.BOOL;
    CelType whole = SimpleType.INT;
    declarations
        .function("quantity", "string_to_quantity", QUANTITY, SimpleType.STRING)
        .function("isQuantity", "is_quantity_string", bool, SimpleType.STRING)
        .method("sign", "quantity_sign", whole, QUANTITY)
        .method("isInteger", "quantity_is_integer", bool, QUANTITY)
        .method("asInteger", "quantity_get_int", whole, QUANTITY)
        .method("asApproximateFloat", "quantity_get_float", SimpleType.DOUBLE, QUANTITY)
        .method("add", "quantity_add", QUANTITY, QUANTITY, QUANTITY)
        .method("add", "quantity_add_int", QUANTITY, QUANTITY, whole)
        .method("sub", "quantity_sub", QUANTITY, QUANTITY, QUANTITY)
        .method("sub", "quantity_sub_int", QUANTITY, QUANTITY, whole)
        .method("isLessThan", "quantity_is_less_than", bool, QUANTITY, QUANTITY)
        .method("isGreaterThan", "quantity_is_greater_than", bool, QUANTITY, QUANTITY)
        .method("compareTo", "quantity_compare_to", whole, QUANTITY, QUANTITY);
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costs(Costs.readingOf(0));
    functions.add("quantity", String.class, Quantities::parse);
    functions.add("isQuantity", String.class, Quantities::isQuantity);
    functions.costsOne();
    Class<QuantityValue> type = QuantityValue.class;
    functions.add("sign", type, value -> (long) value.quantity().signum());
    functions.add("isInteger", type, value -> isInteger(value.quantity()));
    functions.add("asInteger", type, Quantities::asInteger);
    functions.add("asApproximateFloat", type, value -> value.quantity().amount().doubleValue());
    functions.add("add", type, type, (a, b) -> new QuantityValue(a.quantity().add(b.quantity())));
    functions.add("add", type, Long.class, (a, b) -> new QuantityValue(a.quantity().add(units(b))));
    functions.add(
        "sub", type, type, (a, b) -> new QuantityValue(a.quantity().subtract(b.quantity())));
    functions.add(
        "sub", type, Long.class, (a, b) -> new QuantityValue(a.quantity().subtract(units(b))));
    functions.add("isLessThan", type, type, (a, b) -> compare(a, b) < 0);
    functions.add("isGreaterThan", type, type, (a, b) -> compare(a, b) > 0);
    functions.add("compareTo", type, type, (a, b) -> (long) compare(a, b));
  }

  private static Quantity units(long number) {
    return Quantity.ofUnits(number);
  }

  private static int compare(QuantityValue a, QuantityValue b) {
    return a.quantity().compareTo(b.quantity());
  }

  private static QuantityValue parse(String text) {
    try {
      return new QuantityValue(Quantity.parse(text));
    } catch (QuantityFormatException e) {
      throw new EvalError(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isQuantity(String text) {
    try {
      Quantity.parse(text);
      return true;
    } catch (QuantityFormatException e) {
      return false;
    }
  }

  private static boolean isInteger(Quantity quantity) {
    return quantity.integral() && quantity.amount().toBigInteger().bitLength() < Long.SIZE;
  }

  private static Long asInteger(QuantityValue value) {
    if (!isInteger(value.quantity())) {
      throw new EvalError("cannot convert value to integer");
    }
    return value.quantity().amount().longValueExact();
  }
}
