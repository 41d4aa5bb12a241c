package dev.argosy.bench;

/** What a benchmark needs is not there; the message says what, and how to get it. */
public final class Unavailable extends Exception {

  private static final long serialVersionUID = 1L;

  public Unavailable(String message) {
    super(message);
  }
}
