package dev.argosy.server.cel.eval;

/** Counts the cost of one evaluation and ends it at a limit. */
public final class Meter {

  private final long limit;
  private long spent;

  public Meter(long limit) {
    this.limit = limit;
  }

  /**
   * @throws CostExceeded if that is more than the limit
   */
  void charge(long cost) {
    spent += cost;
    if (spent > limit || cost < 0) {
      throw new CostExceeded();
    }
  }

  public long spent() {
    return spent;
  }
}
