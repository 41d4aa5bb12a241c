package dev.argosy.server.cel.eval;

/** The evaluation cost more than its meter allows; nothing absorbs this. */
public final class CostExceeded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CostExceeded() {
    super("operation cancelled: actual cost limit exceeded", null, false, false);
  }
}
