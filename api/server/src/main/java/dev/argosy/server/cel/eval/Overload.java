package dev.argosy.server.cel.eval;

import java.util.List;

/**
 * A function for arguments of certain Java types.
 *
 * @param parameters what each argument must be an instance of
 */
public record Overload(List<Class<?>> parameters, Body body, Cost cost) {

  public Overload {
    parameters = List.copyOf(parameters);
  }

  /** What the function does. */
  @FunctionalInterface
  public interface Body {
    /**
     * @throws EvalError if it has no value
     */
    Object call(Object[] arguments);
  }

  /** What a call cost, asked after it, as cel-go's tracker does. */
  @FunctionalInterface
  public interface Cost {
    long of(Object[] arguments, Object result);
  }

  boolean takes(Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (!parameters.get(i).isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }
}
