package dev.argosy.server.policy;

import dev.argosy.model.kind.GroupResource;
import java.util.Set;

/** The resources that this package is about. */
final class PolicyKinds {

  static final String GROUP = "admissionregistration.k8s.io";

  static final GroupResource VALIDATING = new GroupResource(GROUP, "validatingadmissionpolicies");
  static final GroupResource VALIDATING_BINDINGS =
      new GroupResource(GROUP, "validatingadmissionpolicybindings");
  static final GroupResource MUTATING = new GroupResource(GROUP, "mutatingadmissionpolicies");
  static final GroupResource MUTATING_BINDINGS =
      new GroupResource(GROUP, "mutatingadmissionpolicybindings");

  /** What no policy and no webhook is ever asked about, so that a wrong one can be removed. */
  private static final Set<GroupResource> EXEMPT =
      Set.of(
          VALIDATING,
          VALIDATING_BINDINGS,
          MUTATING,
          MUTATING_BINDINGS,
          new GroupResource(GROUP, "validatingwebhookconfigurations"),
          new GroupResource(GROUP, "mutatingwebhookconfigurations"));

  private PolicyKinds() {}

  static boolean exempt(GroupResource resource) {
    return EXEMPT.contains(resource);
  }
}
