package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionRequest.Target;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nobody gives what they do not have: who writes a role must hold all its rules or the verb {@code
 * escalate}; who writes a binding must hold the role's rules or the verb {@code bind}. What
 * somebody took by breaking the glass counts for what they give to others, not for themselves.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping">Kubernetes:
 *     Privilege escalation prevention</a>
 */
public final class EscalationGuard implements AdmissionStep {

  private static final List<String> UPKEEP =
      List.of("ownerReferences", "finalizers", "managedFields", "resourceVersion");

  private final HeldRules held;
  private final Authorizer authorizer;
  private final Emergencies emergencies;

  public EscalationGuard(HeldRules held, Authorizer authorizer, Emergencies emergencies) {
    this.held = held;
    this.authorizer = authorizer;
    this.emergencies = emergencies;
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
    if (onlyForCollectors(object, old)
        || may(request, "escalate", request.target().type().resource(), asked(request))) {
      return;
    }
    requireHeld(request, name(object), PolicyRule.listOf(object.path("rules")));
    if (collects(object) || (old != null && collects(old))) {
      requireEverything(request, name(object));
    }
  }

  /** A right to one role by name says nothing about making it. */
  private static String asked(AdmissionRequest request) {
    return request.operation() == Operation.CREATE ? "" : request.target().name();
  }

  /** Who may collect anything must have everything. */
  private void requireEverything(AdmissionRequest request, String name) {
    if (!missing(request, TenantRoleRules.EVERYTHING).isEmpty()) {
      throw new StatusException(
          Status.forbidden(
              request.target().type().groupResource(),
              name,
              "must have cluster-admin privileges to use the aggregationRule"));
    }
  }

  private static boolean collects(ObjectNode role) {
    return !role.path("aggregationRule").path("clusterRoleSelectors").isEmpty();
  }

  /**
   * Whether nothing changes but what garbage collection needs. Labels count: other roles collect by
   * them.
   */
  private static boolean onlyForCollectors(ObjectNode object, @Nullable ObjectNode old) {
    return old != null && withoutUpkeep(object).equals(withoutUpkeep(old));
  }

  private static ObjectNode withoutUpkeep(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.withObject("metadata").remove(UPKEEP);
    return copy;
  }

  private void binding(AdmissionRequest request, ObjectNode object) {
    JsonNode ref = object.path("roleRef");
    boolean clusterRole = ref.path("kind").asString("").equals("ClusterRole");
    String role = ref.path("name").asString("");
    if (onlyForCollectors(object, request.old())
        || may(request, "bind", clusterRole ? "clusterroles" : "roles", role)) {
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

  /** Whether it would reach whoever writes it beyond the access that they took. */
  private boolean ownGain(AdmissionRequest request) {
    ObjectNode object = Objects.requireNonNull(request.object());
    Target target = request.target();
    return switch (RbacKind.of(target.type().kind())) {
      case ROLE, CLUSTER_ROLE -> emergencies.widensTaker(request.user(), target.cluster());
      case ROLE_BINDING, CLUSTER_ROLE_BINDING ->
          emergencies.bindsTaker(request.user(), target.cluster(), object, target.namespace());
    };
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
    return ownGain(request)
        ? emergencies.allowsLastingly(asked)
        : authorizer.authorize(asked).allowed();
  }

  private void requireHeld(AdmissionRequest request, String name, List<PolicyRule> wanted) {
    List<PolicyRule> missing = missing(request, wanted);
    if (!missing.isEmpty()) {
      GroupResource resource = request.target().type().groupResource();
      String besides = ownGain(request) ? "\nbesides what a break-glass gives for a while" : "";
      throw new StatusException(
          Status.forbidden(resource, name, Escalation.refusal(request.user(), missing) + besides));
    }
  }

  /** What of it the user does not hold, as rules of one verb each. */
  private List<PolicyRule> missing(AdmissionRequest request, List<PolicyRule> wanted) {
    Target target = request.target();
    List<PolicyRule> own =
        ownGain(request)
            ? emergencies.lasting(request.user(), target.cluster(), target.namespace())
            : held.all(request.user(), target.cluster(), target.namespace());
    return Escalation.missing(own, wanted);
  }
}
