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
  TERMINATING("Terminating");

  private final String text;

  TenantPhase(String text) {
    this.text = text;
  }

  /** The word in {@code status.phase}. */
  public String text() {
    return text;
  }

  /** The phase of that word; {@link #PENDING} for a tenant that nobody has looked at yet. */
  public static TenantPhase of(String text) {
    for (TenantPhase phase : values()) {
      if (phase.text.equals(text)) {
        return phase;
      }
    }
    return PENDING;
  }
}
