package dev.argosy.agent.runtime.spi;

/** The engine did not do what it was asked. The kind says whether and when to try again. */
public final class RuntimeFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of failure. */
  public enum Kind {
    /** The engine does not answer; everything may be retried once it is back. */
    UNAVAILABLE,
    /** There is no such sandbox, container, image or exec. */
    NOT_FOUND,
    /** The request contradicts the state, for example a name in use or a container not running. */
    CONFLICT,
    /** The engine answered with a refusal; the message is its own. */
    REFUSED
  }

  private final Kind kind;

  public RuntimeFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
