package dev.argosy.controllers.csi;

import dev.argosy.controllers.csi.DriverController.Answer;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A driver's controller service on a node.
 *
 * @param capabilities what it can, in the words of CSI, such as {@code PUBLISH_UNPUBLISH_VOLUME}
 * @param plugin what the driver can as a whole, such as {@code VOLUME_ACCESSIBILITY_CONSTRAINTS}
 */
public record Site(
    DriverController port,
    String node,
    String driver,
    Set<String> capabilities,
    Set<String> plugin) {

  public Site {
    capabilities = Set.copyOf(capabilities);
    plugin = Set.copyOf(plugin);
  }

  public boolean can(String capability) {
    return capabilities.contains(capability);
  }

  public Answer call(String method, ObjectNode request) {
    return port.call(node, driver, method, request);
  }
}
