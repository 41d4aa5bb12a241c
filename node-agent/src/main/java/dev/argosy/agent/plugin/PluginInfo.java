package dev.argosy.agent.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * What a plug-in says of itself.
 *
 * @param type {@code CSIPlugin}, {@code DevicePlugin} …
 * @param name a driver's or a resource's
 * @param endpoint the socket at which it serves
 * @param versions of its service that it speaks
 * @param socket the one in the folder, by which it registered
 */
public record PluginInfo(
    String type, String name, Path endpoint, List<String> versions, Path socket) {

  public static final String CSI = "CSIPlugin";
  public static final String DEVICE = "DevicePlugin";

  public PluginInfo {
    versions = List.copyOf(versions);
  }
}
