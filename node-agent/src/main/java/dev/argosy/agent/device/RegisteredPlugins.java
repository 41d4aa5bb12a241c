package dev.argosy.agent.device;

import dev.argosy.agent.plugin.PluginHandler;
import dev.argosy.agent.plugin.PluginInfo;
import dev.argosy.agent.plugin.PluginRefusal;

/** Device plug-ins that register by the folder of all plug-ins. */
final class RegisteredPlugins implements PluginHandler {

  private final Devices devices;

  RegisteredPlugins(Devices devices) {
    this.devices = devices;
  }

  @Override
  public void registered(PluginInfo plugin) throws PluginRefusal {
    try {
      devices.register(plugin.name(), plugin.endpoint(), plugin.versions());
    } catch (DeviceFailure e) {
      throw new PluginRefusal(String.valueOf(e.getMessage()));
    }
  }

  /** Its stream has ended, which says the same. */
  @Override
  public void gone(PluginInfo plugin) {}
}
