package dev.argosy.server.cel;

/**
 * What all evaluations of one call may cost together, in Kubernetes' units of cost (about 1 unit
 * for each step, 0.1 for each character read). Belongs to one request; not shared between threads.
 */
public final class CelBudget {

  /** What Kubernetes allows one expression. */
  public static final long EXPRESSION_LIMIT = 1_000_000;

  /** What Kubernetes allows all expressions of one call. */
  public static final long CALL_LIMIT = 10_000_000;

  /** What Kubernetes allows the match conditions of one policy or webhook. */
  public static final long MATCH_CONDITIONS_LIMIT = CALL_LIMIT / 4;

  private final long expressionLimit;
  private long remaining;

  private CelBudget(long callLimit, long expressionLimit) {
    this.remaining = callLimit;
    this.expressionLimit = expressionLimit;
  }

  /** The limits of Kubernetes. */
  public static CelBudget ofCall() {
    return new CelBudget(CALL_LIMIT, EXPRESSION_LIMIT);
  }

  public static CelBudget of(long callLimit, long expressionLimit) {
    return new CelBudget(callLimit, expressionLimit);
  }

  /** What is left; never negative. */
  public long remaining() {
    return remaining;
  }

  long expressionLimit() {
    return expressionLimit;
  }

  void spend(long cost) {
    remaining = Math.max(0, remaining - cost);
  }
}
