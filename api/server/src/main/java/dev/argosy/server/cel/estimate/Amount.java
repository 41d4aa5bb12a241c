package dev.argosy.server.cel.estimate;

/** A size or cost between two bounds; {@link #UNKNOWN} as the upper one stays what it is. */
record Amount(long min, long max) {

  /** More than anything. */
  static final long UNKNOWN = Long.MAX_VALUE;

  static final Amount NONE = new Amount(0, 0);
  static final Amount ONE = new Amount(1, 1);

  /** Of a size of which nothing is known: nothing is larger than a request can be. */
  static final Amount ANY = new Amount(0, Bounds.MAX_BODY);

  static Amount of(long exact) {
    return new Amount(exact, exact);
  }

  Amount plus(Amount other) {
    return new Amount(plus(min, other.min), plus(max, other.max));
  }

  Amount times(Amount other) {
    return new Amount(times(min, other.min), times(max, other.max));
  }

  /** Rounded up. */
  Amount times(double factor) {
    return new Amount(times(min, factor), times(max, factor));
  }

  /** From the lower of the lower bounds to the higher of the higher ones. */
  Amount or(Amount other) {
    return new Amount(Math.min(min, other.min), Math.max(max, other.max));
  }

  private static long plus(long a, long b) {
    return a > UNKNOWN - b ? UNKNOWN : a + b;
  }

  private static long times(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    return a > UNKNOWN / b ? UNKNOWN : a * b;
  }

  private static long times(long a, double factor) {
    double product = Math.ceil(a * factor);
    return a == UNKNOWN || product >= UNKNOWN ? UNKNOWN : (long) product;
  }
}
