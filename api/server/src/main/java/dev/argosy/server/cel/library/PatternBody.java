package dev.argosy.server.cel.library;

import com.google.re2j.Pattern;
import dev.argosy.server.cel.eval.Overload.Body;
import dev.argosy.server.cel.eval.Overload.Preparable;
import org.jspecify.annotations.Nullable;

/** A function of a text and a regular expression, which is compiled once if it is a literal. */
record PatternBody(Use use) implements Preparable {

  /** What is done with the pattern. */
  @FunctionalInterface
  interface Use {
    Object apply(String text, Pattern pattern, Object[] arguments);
  }

  @Override
  public Object call(Object[] arguments) {
    return use.apply((String) arguments[0], Standard.pattern((String) arguments[1]), arguments);
  }

  @Override
  public Body prepare(@Nullable Object[] known) {
    if (!(known[1] instanceof String regex)) {
      return this;
    }
    Pattern pattern = Standard.pattern(regex);
    return arguments -> use.apply((String) arguments[0], pattern, arguments);
  }
}
