package dev.argosy.server.cel.eval;

/** An expression has no value: a key is missing, a type does not fit. Absorbed by logic. */
public final class EvalError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public EvalError(String message) {
    super(message, null, false, false);
  }

  /** No function of that name takes such values. */
  public static EvalError noSuchOverload() {
    return new EvalError("no such overload");
  }

  public static EvalError noSuchKey(Object key) {
    return new EvalError("no such key: " + key);
  }

  public String words() {
    return String.valueOf(getMessage());
  }
}
