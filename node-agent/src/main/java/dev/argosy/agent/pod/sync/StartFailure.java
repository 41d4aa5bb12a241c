package dev.argosy.agent.pod.sync;

/** A container could not be made or started; the reason is the one its status will show. */
final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  StartFailure(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
