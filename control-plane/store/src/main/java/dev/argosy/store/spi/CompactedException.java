package dev.argosy.store.spi;

/** The revision asked for is no longer kept. */
public final class CompactedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CompactedException(long revision) {
    super("revision " + revision + " has been compacted");
  }
}
