package dev.argosy.model.patch;

/** A patch is malformed or does not fit the document; the message is for the client. */
public final class PatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean malformed;

  private PatchException(String message, boolean malformed) {
    super(message, null, false, false);
    this.malformed = malformed;
  }

  static PatchException malformed(String message) {
    return new PatchException(message, true);
  }

  static PatchException notApplicable(String message) {
    return new PatchException(message, false);
  }

  /** Whether the patch itself is wrong (400), or it just does not fit this document (422). */
  public boolean malformed() {
    return malformed;
  }
}
