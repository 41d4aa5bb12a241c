package dev.argosy.agent.plugin;

/**
 * Takes the plug-ins of one type. Calls for one socket come one after another, those for different
 * sockets from different threads, also if both have the same name: a newer instance may come before
 * the older one is gone, so {@link #gone} concerns only the plug-in that it names.
 */
public interface PluginHandler {

  /**
   * A plug-in came, or came back. It is told so when this returns; if this fails it is told why,
   * and this is called again after a while.
   *
   * @throws PluginRefusal if it cannot be taken now
   */
  void registered(PluginInfo plugin) throws PluginRefusal, InterruptedException;

  /** A plug-in that was taken is gone: its socket was removed, or nobody listens there. */
  void gone(PluginInfo plugin);
}
