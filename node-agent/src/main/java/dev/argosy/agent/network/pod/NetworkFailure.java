package dev.argosy.agent.network.pod;

/** A pod could not be connected; may be tried again. */
public final class NetworkFailure extends Exception {

  private static final long serialVersionUID = 1L;

  public NetworkFailure(String message) {
    super(message);
  }
}
