package dev.argosy.server.keycloak;

/** The identity provider did not do what it was asked for. The message is for people. */
public final class ProviderTroubleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What helps. */
  public enum Kind {
    /** It gave no answer, or said that it cannot now; asking again helps. */
    AWAY("ProviderAway"),
    /** It will not; somebody must change something there, or in the settings. */
    REFUSED("ProviderRefused");

    private final String reason;

    Kind(String reason) {
      this.reason = reason;
    }

    /** The reason of a condition. */
    public String reason() {
      return reason;
    }
  }

  ProviderTroubleException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
