package dev.argosy.server.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.extensions.CelExtensions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Optional values; {@code or} and {@code orValue} are the evaluator's own. */
final class Optionals implements Library {

  @Override
  public void declare(Declarations declarations) {
    var library = CelExtensions.optional(1);
    declarations.functions(library.functions());
    library.variables().forEach(name -> declarations.name(name.name(), name.type()));
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costsOne();
    functions.add("optional.of", Object.class, Optional::of);
    functions.add("optional.none", Optional::empty);
    functions.add(
        "optional.ofNonZeroValue",
        Object.class,
        value -> zero(value) ? Optional.empty() : Optional.of(value));
    functions.add("hasValue", Optional.class, Optional::isPresent);
    functions.add(
        "value",
        Optional.class,
        optional -> {
          if (optional.isEmpty()) {
            throw new EvalError("optional.none() dereference");
          }
          return optional.get();
        });
  }

  private static boolean zero(Object value) {
    return switch (value) {
      case NullValue none -> true;
      case Boolean bool -> !bool;
      case Long number -> number == 0;
      case Double number -> number == 0;
      case UnsignedLong number -> number.equals(UnsignedLong.ZERO);
      case String text -> text.isEmpty();
      case CelByteString bytes -> bytes.isEmpty();
      case List<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case Optional<?> optional -> optional.isEmpty();
      default -> false;
    };
  }
}
