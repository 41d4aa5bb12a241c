package dev.argosy.server.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.value.Equality;
import dev.cel.common.Operator;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code isSorted sum min max indexOf lastIndexOf} of lists.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library">
 *     Kubernetes: list library</a>
 */
final class ListFunctions implements Library {

  private static final Map<String, CelType> COMPARABLE = new LinkedHashMap<>();
  private static final Map<String, CelType> SUMMABLE = new LinkedHashMap<>();

  static {
    SUMMABLE.put("int", SimpleType.INT);
    SUMMABLE.put("uint", SimpleType.UINT);
    SUMMABLE.put("double", SimpleType.DOUBLE);
    SUMMABLE.put("duration", SimpleType.DURATION);
    COMPARABLE.putAll(SUMMABLE);
    COMPARABLE.put("bool", SimpleType.BOOL);
    COMPARABLE.put("timestamp", SimpleType.TIMESTAMP);
    COMPARABLE.put("string", SimpleType.STRING);
    COMPARABLE.put("bytes", SimpleType.BYTES);
  }

  @Override
  public void declare(Declarations declarations) {
    COMPARABLE.forEach((name, type) -> {
      CelType list = ListType.create(type);
      declarations.method("isSorted", "list_" + name + "_is_sorted_bool", SimpleType.BOOL, list);
      declarations.method("min", "list_" + name + "_min_" + name, type, list);
      declarations.method("max", "list_" + name + "_max_" + name, type, list);
    });
    SUMMABLE.forEach((name, type) ->
        declarations.method("sum", "list_" + name + "_sum_" + name, type, ListType.create(type)));
    CelType any = TypeParamType.create("T");
    CelType list = ListType.create(any);
    declarations.method("indexOf", "list_a_index_of_int", SimpleType.INT, list, any);
    declarations.method("lastIndexOf", "list_a_last_index_of_int", SimpleType.INT, list, any);
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costs(Costs.traversing());
    functions.add("isSorted", List.class, list -> isSorted((List<?>) list));
    functions.add("min", List.class, list -> extreme((List<?>) list, -1, "min"));
    functions.add("max", List.class, list -> extreme((List<?>) list, 1, "max"));
    functions.add("sum", List.class, list -> sum((List<?>) list, 0L));
    functions.add("list_uint_sum_uint", List.class, l -> sum((List<?>) l, UnsignedLong.ZERO));
    functions.add("list_double_sum_double", List.class, list -> sum((List<?>) list, 0.0));
    functions.add(
        "list_duration_sum_duration", List.class, list -> sum((List<?>) list, Duration.ZERO));
    functions.add("indexOf", List.class, Object.class, (l, item) -> indexOf((List<?>) l, item));
    functions.add(
        "lastIndexOf", List.class, Object.class, (l, item) -> lastIndexOf((List<?>) l, item));
  }

  private static Boolean isSorted(List<?> list) {
    Object previous = null;
    for (Object item : list) {
      Object current = Objects.requireNonNull(item);
      if (previous != null && Comparison.compare(previous, current) > 0) {
        return false;
      }
      previous = current;
    }
    return true;
  }

  private static Object extreme(List<?> list, int sign, String name) {
    Object best = null;
    for (Object item : list) {
      Object current = Objects.requireNonNull(item);
      if (best == null || Comparison.compare(current, best) * sign > 0) {
        best = current;
      }
    }
    if (best == null) {
      throw new EvalError(name + " called on empty list");
    }
    return best;
  }

  /**
   * @param zero the sum of no items
   */
  private static Object sum(List<?> list, Object zero) {
    Object sum = list.isEmpty() ? zero : Objects.requireNonNull(list.getFirst());
    for (int i = 1; i < list.size(); i++) {
      sum = Additions.add(sum, Objects.requireNonNull(list.get(i)));
    }
    return sum;
  }

  /** {@code +} of two values of one type. */
  private static final class Additions {

    private static final FunctionTable TABLE;

    static {
      FunctionTable.Builder functions = new FunctionTable.Builder();
      Arithmetic.define(functions);
      TABLE = functions.build();
    }

    static Object add(Object left, Object right) {
      return TABLE.call(Operator.ADD.getFunction(), left, right);
    }
  }

  private static Long indexOf(List<?> list, Object wanted) {
    long index = 0;
    for (Object item : list) {
      if (Equality.equal(Objects.requireNonNull(item), wanted)) {
        return index;
      }
      index++;
    }
    return -1L;
  }

  private static Long lastIndexOf(List<?> list, Object wanted) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (Equality.equal(Objects.requireNonNull(list.get(i)), wanted)) {
        return (long) i;
      }
    }
    return -1L;
  }
}
