package dev.argosy.agent.pod.config;

/** Something that a pod asks for is not there; the message is for the pod's status. */
public sealed class ConfigFailure extends Exception permits ServerAway {

  private static final long serialVersionUID = 1L;

  public ConfigFailure(String message) {
    super(message);
  }
}
