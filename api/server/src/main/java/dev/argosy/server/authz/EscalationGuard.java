package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionRequest.Target;
import dev.argosy.server.admission.AdmissionStep;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nobody gives what they do not have: who writes a role must hold all its rules or the verb {@code
 * escalate}; who writes a binding must hold the role's rules or the verb {@code bind}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping">Kubernetes:
 *     Privilege escalation prevention</a>
 */
public final class EscalationGuard implements AdmissionStep {

  private final HeldRules held;
  private final Authorizer authorizer;

  public EscalationGuard(HeldRules held, Authorizer authorizer) {
    this.held = held;
    this.authorizer = authorizer;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null
        || !request.target().type().group().equals(RbacKind.GROUP)
        || !request.target().subresource().isEmpty()) {
      return;
    }
    switch (RbacKind.of(request.target().type().kind())) {
      case ROLE, CLUSTER_ROLE -> role(request, object);
      case ROLE_BINDING, CLUSTER_ROLE_BINDING -> binding(request, object);
    }
  }

  private void role(AdmissionRequest request, ObjectNode object) {
    ObjectNode old = request.old();
    boolean same =
        old != null
            && old.path("rules").equals(object.path("rules"))
            && old.path("aggregationRule").equals(object.path("aggregationRule"));
    if (same || may(request, "escalate", request.target().type().resource(), name(object))) {
      return;
    }
    List<PolicyRule> wanted = new ArrayList<>(PolicyRule.listOf(object.path("rules")));
    if (object.has("aggregationRule")) {
      wanted.addAll(TenantRoleRules.EVERYTHING); // it may come to collect anything
    }
    requireHeld(request, name(object), wanted);
  }

  private void binding(AdmissionRequest request, ObjectNode object) {
    ObjectNode old = request.old();
    boolean same =
        old != null
            && old.path("roleRef").equals(object.path("roleRef"))
            && old.path("subjects").equals(object.path("subjects"));
    JsonNode ref = object.path("roleRef");
    boolean clusterRole = ref.path("kind").asString("").equals("ClusterRole");
    String role = ref.path("name").asString("");
    if (same || may(request, "bind", clusterRole ? "clusterroles" : "roles", role)) {
      return;
    }
    Target target = request.target();
    List<PolicyRule> rules =
        held.rulesOfRole(target.cluster(), clusterRole ? "" : target.namespace(), role)
            .orElseThrow(() ->
                new StatusException(
                    Status.notFound(
                        (clusterRole ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE).resource(), role)));
    requireHeld(request, name(object), rules);
  }

  private static String name(ObjectNode object) {
    return object.path("metadata").path("name").asString("");
  }

  private boolean may(AdmissionRequest request, String verb, String resource, String name) {
    Target target = request.target();
    Attributes asked =
        new Attributes(
            request.user(),
            target.cluster(),
            verb,
            RbacKind.GROUP,
            "v1",
            resource,
            "",
            resource.equals("clusterroles") && target.namespace().isEmpty()
                ? ""
                : target.namespace(),
            name,
            "");
    return authorizer.authorize(asked).allowed();
  }

  private void requireHeld(AdmissionRequest request, String name, List<PolicyRule> wanted) {
    Target target = request.target();
    List<PolicyRule> own = held.all(request.user(), target.cluster(), target.namespace());
    List<PolicyRule> missing =
        wanted.stream()
            .filter(rule ->
                !rule.singles().stream()
                    .allMatch(one -> own.stream().anyMatch(have -> have.covers(one))))
            .toList();
    if (!missing.isEmpty()) {
      throw new StatusException(
          refusal(request.user(), target.type().groupResource(), name, missing));
    }
  }

  private static Status refusal(
      UserInfo user, GroupResource resource, String name, List<PolicyRule> missing) {
    StringBuilder text = new StringBuilder();
    text.append(resource).append(" \"").append(name).append("\" is forbidden: user \"");
    text.append(user.name()).append("\" (groups=[\"");
    text.append(String.join("\" \"", user.groups()));
    text.append("\"]) is attempting to grant RBAC permissions not currently held:");
    missing.forEach(rule -> text.append('\n').append(rule.shown()));
    return Status.about(Reason.FORBIDDEN, resource, name, text.toString());
  }
}
