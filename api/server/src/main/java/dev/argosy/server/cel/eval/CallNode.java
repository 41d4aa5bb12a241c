package dev.argosy.server.cel.eval;

import java.util.List;

/** Calls the first overload that takes the arguments. */
final class CallNode implements Node {

  private final Node[] arguments;
  private final Overload[] overloads;

  CallNode(List<Node> arguments, List<Overload> overloads) {
    this.arguments = arguments.toArray(Node[]::new);
    this.overloads = overloads.toArray(Overload[]::new);
  }

  @Override
  public Object eval(Frame frame) {
    Object[] values = new Object[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].eval(frame);
    }
    Overload overload = overload(values);
    Object result = overload.body().call(values);
    frame.charge(overload.cost().of(values, result));
    return result;
  }

  /** Calls it with these, free of cost. */
  Object call(Object[] values) {
    return overload(values).body().call(values);
  }

  private Overload overload(Object[] values) {
    for (Overload overload : overloads) {
      if (overload.takes(values)) {
        return overload;
      }
    }
    throw EvalError.noSuchOverload();
  }
}
