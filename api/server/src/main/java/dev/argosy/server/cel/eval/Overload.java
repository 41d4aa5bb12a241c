package dev.argosy.server.cel.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** A body that can do part of its work once, before programs run. */
  public interface Preparable extends Body {

    /**
     * The body for calls whose arguments are known in part.
     *
     * @param known the constants among the arguments, null in place of the others
     * @throws EvalError if every call with these would fail
     */
    Body prepare(@Nullable Object[] known);
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

  Overload prepared(@Nullable Object[] known) {
    return body instanceof Preparable preparable
        ? new Overload(parameters, preparable.prepare(known), cost)
        : this;
  }
}
