package dev.argosy.server.dispatch;

import dev.argosy.model.kind.GroupResource;
import java.util.Set;

/**
 * Whose deletion is answered with the object as it last was; that of all others with a Status.
 * Typed clients read the answer as what OpenAPI says of each kind.
 */
final class LastState {

  private static final Set<String> CORE =
      Set.of(
          "namespaces",
          "persistentvolumeclaims",
          "persistentvolumes",
          "pods",
          "podtemplates",
          "resourcequotas",
          "serviceaccounts",
          "services");
  private static final Set<String> STORAGE =
      Set.of(
          "csidrivers",
          "csinodes",
          "storageclasses",
          "volumeattachments",
          "volumeattributesclasses");
  private static final Set<String> DEVICES =
      Set.of(
          "deviceclasses",
          "devicetaintrules",
          "resourceclaims",
          "resourceclaimtemplates",
          "resourceslices");

  private LastState() {}

  static boolean answers(GroupResource resource) {
    return switch (resource.group()) {
      case "" -> CORE.contains(resource.resource());
      case "storage.k8s.io" -> STORAGE.contains(resource.resource());
      case "resource.k8s.io" -> DEVICES.contains(resource.resource());
      default -> false;
    };
  }
}
