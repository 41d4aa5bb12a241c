package dev.argosy.server.audit;

/** How far a request has come. */
public enum AuditStage {
  /** Its sender is known; nothing was done yet. */
  REQUEST_RECEIVED("RequestReceived"),
  /** The answer of a long-running request has begun. */
  RESPONSE_STARTED("ResponseStarted"),
  /** The answer is complete. */
  RESPONSE_COMPLETE("ResponseComplete"),
  /** It failed in a way that nobody had thought of. */
  PANIC("Panic");

  private final String text;

  AuditStage(String text) {
    this.text = text;
  }

  /** As policies and events name it. */
  public String text() {
    return text;
  }
}
