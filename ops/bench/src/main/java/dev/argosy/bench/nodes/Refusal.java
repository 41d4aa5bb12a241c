package dev.argosy.bench.nodes;

/** The simulator cannot do what it was asked; the message says why and what to do. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  /** Whether the call itself is wrong. */
  final boolean usage;

  private Refusal(String message, boolean usage) {
    super(message);
    this.usage = usage;
  }

  static Refusal ofUsage(String message) {
    return new Refusal(message + "; see ops/bench/nodes --help", true);
  }

  static Refusal of(String message) {
    return new Refusal(message, false);
  }
}
