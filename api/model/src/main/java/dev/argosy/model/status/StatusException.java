package dev.argosy.model.status;

/** Carries a {@link Status} through code that cannot return it. The HTTP front turns it back. */
public final class StatusException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized; a record of plain values
  private final transient Status status;

  public StatusException(Status status) {
    super(status.message(), null, false, false);
    this.status = status;
  }

  public Status status() {
    return status;
  }
}
