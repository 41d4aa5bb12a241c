package dev.argosy.server.audit;

/** How much of a request is kept; each level includes those before it. */
public enum AuditLevel {
  NONE("None"),
  METADATA("Metadata"),
  REQUEST("Request"),
  REQUEST_RESPONSE("RequestResponse");

  private final String text;

  AuditLevel(String text) {
    this.text = text;
  }

  /** As policies and events name it. */
  public String text() {
    return text;
  }

  boolean covers(AuditLevel other) {
    return compareTo(other) >= 0;
  }
}
