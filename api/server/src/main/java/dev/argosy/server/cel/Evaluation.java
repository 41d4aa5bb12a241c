package dev.argosy.server.cel;

/** What an evaluation came to. */
public sealed interface Evaluation {

  /** Why there is no value. */
  enum Cause {
    /** The expression failed: a missing key, a division by zero. */
    ERROR,
    /** This expression alone cost too much. */
    EXPRESSION_LIMIT,
    /** The call's budget is used up. */
    BUDGET
  }

  /** A value of CEL; see {@link dev.argosy.server.cel.value}. */
  record Value(Object value) implements Evaluation {}

  /**
   * @param message CEL's words: {@code no such key: foo}
   */
  record Failed(Cause cause, String message) implements Evaluation {}
}
