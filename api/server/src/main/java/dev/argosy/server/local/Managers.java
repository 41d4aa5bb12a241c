package dev.argosy.server.local;

import dev.argosy.model.access.UserInfo;

/** What callers within the process are called as owners of fields. */
final class Managers {

  private static final String SYSTEM = "system:";

  private Managers() {}

  /** By identity: all control loops are one manager, people come through the console. */
  static String of(UserInfo user) {
    if (!user.inGroup(UserInfo.SYSTEM_MASTERS) || !user.name().startsWith(SYSTEM)) {
      return "argosy-console";
    }
    String component = user.name().substring(SYSTEM.length());
    if (component.startsWith("controller:")) {
      return "argosy-controller-manager";
    }
    return component.equals("kube-scheduler") ? "argosy-scheduler" : "argosy-" + component;
  }
}
