package dev.argosy.agent.pod.admit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What pods may ask of this node.
 *
 * @param unsafeSysctls names of kernel settings that are allowed besides the safe ones
 * @param appArmor whether the kernel confines by AppArmor profiles
 * @param userNamespaces whether the engine can give pods users of their own
 * @param strictGroups whether the engine can leave out the groups that an image gives a user
 */
public record NodeAbilities(
    List<String> unsafeSysctls, boolean appArmor, boolean userNamespaces, boolean strictGroups) {

  private static final Path APP_ARMOR = Path.of("/sys/module/apparmor/parameters/enabled");

  /** Nothing but what every node can. */
  public static final NodeAbilities LEAST = new NodeAbilities(List.of(), false, false, false);

  public NodeAbilities {
    unsafeSysctls = List.copyOf(unsafeSysctls);
  }

  /** Those of this machine with Docker, which has neither user namespaces nor strict groups. */
  public static NodeAbilities ofMachine(List<String> unsafeSysctls) {
    return new NodeAbilities(unsafeSysctls, appArmorOn(), false, false);
  }

  private static boolean appArmorOn() {
    try {
      return Files.exists(APP_ARMOR) && Files.readString(APP_ARMOR).startsWith("Y");
    } catch (IOException unreadable) {
      return false;
    }
  }
}
