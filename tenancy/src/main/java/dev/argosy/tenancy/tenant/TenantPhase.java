package dev.argosy.tenancy.tenant;

/** Where a tenant is in its life. Written by the tenant controller only. */
public enum TenantPhase {
  /** Its cluster is being made. */
  PENDING("Pending"),
  ACTIVE("Active"),
  /** Its workloads are stopped; its objects are kept. */
  SUSPENDED("Suspended"),
  /** As suspended, until its grace period is over; may be restored. */
  DELETION_REQUESTED("DeletionRequested"),
  /** Being emptied; takes no new objects. */
  TERMINATING("Terminating"),
  /**
   * One of a later server's making: what it means is not known here, so the tenant is left alone.
   */
  UNKNOWN("Unknown");

  private final String text;

  TenantPhase(String text) {
    this.text = text;
  }

  /** The word in {@code status.phase}. */
  public String text() {
    return text;
  }

  /**
   * The phase of that word; {@link #PENDING} for a tenant that nobody has looked at yet, {@link
   * #UNKNOWN} for a word that there is not.
   */
  public static TenantPhase of(String text) {
    if (text.isEmpty()) {
      return PENDING;
    }
    for (TenantPhase phase : values()) {
      if (phase.text.equals(text)) {
        return phase;
      }
    }
    return UNKNOWN;
  }
}
