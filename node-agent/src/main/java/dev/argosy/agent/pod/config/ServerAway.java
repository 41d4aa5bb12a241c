package dev.argosy.agent.pod.config;

/** The server could not say whether something is there; what was known before still counts. */
final class ServerAway extends ConfigFailure {

  private static final long serialVersionUID = 1L;

  ServerAway(String message) {
    super(message);
  }
}
