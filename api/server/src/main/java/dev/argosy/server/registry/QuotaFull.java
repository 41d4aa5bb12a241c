package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;

/** A pod has to wait until a quota has room for it. */
final class QuotaFull extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized; a record of plain values
  private final transient ObjectKey quota;

  private final transient StatusException refusal;
  private final boolean ever;

  /**
   * A refusal that is not for ever.
   *
   * @param ever whether all of the quota would be enough
   */
  QuotaFull(ObjectKey quota, StatusException refusal, boolean ever) {
    super(refusal.getMessage(), null, false, false);
    this.quota = quota;
    this.refusal = refusal;
    this.ever = ever;
  }

  ObjectKey quota() {
    return quota;
  }

  /** What is answered to who does not want to wait. */
  StatusException refusal() {
    return refusal;
  }

  boolean ever() {
    return ever;
  }
}
