package dev.argosy.store.kms;

/** A call of a plug-in failed. What the plug-in wrote about it is in the log only. */
final class KmsFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean away;

  /**
   * @param away whether all other calls would fail, too
   * @param code gRPC's, or what else is wrong in a few words
   */
  KmsFailure(boolean away, String code) {
    super(code, null, false, false);
    this.away = away;
  }

  boolean away() {
    return away;
  }
}
