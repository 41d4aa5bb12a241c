package dev.argosy.agent.join;

/** The machine could not join; the message says what to do about it. */
public final class JoinFailure extends Exception {

  private static final long serialVersionUID = 1L;

  public JoinFailure(String message) {
    super(message);
  }
}
