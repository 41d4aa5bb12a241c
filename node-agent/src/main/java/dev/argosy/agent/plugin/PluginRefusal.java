package dev.argosy.agent.plugin;

/** A plug-in cannot be taken; the message is told to it. */
public final class PluginRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  public PluginRefusal(String message) {
    super(message);
  }
}
