package dev.argosy.server.cel.eval;

/** {@code &&}, {@code ||}, {@code ?:} and what macros are made of. They cost nothing themselves. */
final class Logic {

  private Logic() {}

  /**
   * @param decisive the value that decides whatever the other side is: false for and, true for or
   */
  record Both(Node left, Node right, boolean decisive) implements Node {

    @Override
    public Object eval(Frame frame) {
      EvalError failure = null;
      try {
        if (bool(left, frame) == decisive) {
          return decisive;
        }
      } catch (EvalError e) {
        failure = e;
      }
      if (bool(right, frame) == decisive) {
        return decisive;
      }
      if (failure != null) {
        throw failure;
      }
      return !decisive;
    }
  }

  record Conditional(Node condition, Node then, Node otherwise) implements Node {

    @Override
    public Object eval(Frame frame) {
      return bool(condition, frame) ? then.eval(frame) : otherwise.eval(frame);
    }
  }

  /** False only if the operand is false; an error is true. */
  record NotStrictlyFalse(Node operand) implements Node {

    @Override
    public Object eval(Frame frame) {
      frame.charge(1);
      try {
        return !Boolean.FALSE.equals(operand.eval(frame));
      } catch (EvalError e) {
        return true;
      }
    }
  }

  static boolean bool(Node node, Frame frame) {
    if (node.eval(frame) instanceof Boolean value) {
      return value;
    }
    throw EvalError.noSuchOverload();
  }
}
