package dev.argosy.server.cel.library;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.argosy.server.cel.Shape.ListKind;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.eval.GrowingList;
import dev.argosy.server.cel.value.JsonList;
import dev.argosy.server.cel.value.KeyedLists;
import dev.argosy.server.cel.value.Values;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.Operator;
import dev.cel.common.values.CelByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * CEL's own functions, which the checker has declarations for.
 *
 * @see <a href="https://github.com/google/cel-spec/blob/master/doc/langdef.md">CEL: language
 *     definition</a>
 */
final class Standard implements Library {

  @Override
  public void declare(Declarations declarations) {
    for (StandardFunction function : StandardFunction.values()) {
      declarations.functions(List.of(function.functionDecl()));
    }
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    Arithmetic.define(functions);
    Comparison.define(functions);
    Conversion.define(functions);
    Calendar.define(functions);
    size(functions);
    text(functions);
    joining(functions);
  }

  private static void size(FunctionTable.Builder functions) {
    functions.costsOne();
    for (Class<?> sized : List.of(String.class, CelByteString.class, List.class, Map.class)) {
      functions.add("size", sized, Values::size);
    }
  }

  private static void text(FunctionTable.Builder functions) {
    functions.costs(Costs.readingOf(0));
    functions.add("startsWith", String.class, String.class, String::startsWith);
    functions.add("endsWith", String.class, String.class, String::endsWith);
    functions.costs(Costs.searching());
    functions.add("contains", String.class, String.class, String::contains);
    functions.costs(Costs.matching());
    functions.add(
        "matches",
        List.of(String.class, String.class),
        new PatternBody((text, pattern, arguments) -> pattern.matcher(text).find()));
  }

  /** RE2: no backtracking, so that its time is bounded by what it costs. */
  static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new EvalError(String.valueOf(e.getMessage()));
    }
  }

  private static void joining(FunctionTable.Builder functions) {
    String add = Operator.ADD.getFunction();
    functions.costs(Costs.readingAll());
    functions.add(add, String.class, String.class, String::concat);
    functions.add(add, CelByteString.class, CelByteString.class, CelByteString::concat);
    functions.costsOne();
    functions.add(
        add, List.class, List.class, (left, right) -> lists((List<?>) left, (List<?>) right));
  }

  private static Object lists(List<?> left, List<?> right) {
    if (left instanceof GrowingList growing) {
      return growing.with(right);
    }
    if (left instanceof JsonList list && list.shape().kind() != ListKind.ATOMIC) {
      return Collections.unmodifiableList(new KeyedLists(list.shape()).union(left, right));
    }
    List<Object> both = new ArrayList<>(left.size() + right.size());
    both.addAll(left);
    both.addAll(right);
    return Collections.unmodifiableList(both);
  }
}
