package dev.argosy.server.cel.eval;

/** One step of a program. Immutable. */
@FunctionalInterface
public interface Node {

  /**
   * The value; see {@link dev.argosy.server.cel.value}.
   *
   * @throws EvalError if there is none
   * @throws CostExceeded if the meter's limit is reached
   */
  Object eval(Frame frame);
}
