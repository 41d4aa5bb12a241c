package dev.argosy.tenancy.objects;

/** The revision asked for is no longer in the change log. */
public final class CompactedRevisionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long revision;

  public CompactedRevisionException(long revision) {
    super("revision " + revision + " has been compacted");
    this.revision = revision;
  }

  public long revision() {
    return revision;
  }
}
