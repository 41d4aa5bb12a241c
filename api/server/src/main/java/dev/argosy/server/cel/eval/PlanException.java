package dev.argosy.server.cel.eval;

/** A literal that can never be right: a timestamp, duration or regular expression that is none. */
public final class PlanException extends Exception {

  private static final long serialVersionUID = 1L;

  private final long expression;

  PlanException(String message, long expression) {
    super(message);
    this.expression = expression;
  }

  /** Which part of the tree is meant, by its id. */
  public long expression() {
    return expression;
  }
}
