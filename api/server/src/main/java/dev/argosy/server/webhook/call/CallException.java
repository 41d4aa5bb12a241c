package dev.argosy.server.webhook.call;

/** A webhook gave no usable answer; the message says why, for the user. */
public final class CallException extends Exception {

  private static final long serialVersionUID = 1L;

  public CallException(String message) {
    super(message, null, false, false);
  }
}
