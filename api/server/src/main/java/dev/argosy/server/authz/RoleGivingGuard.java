package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import dev.argosy.tenancy.member.Invitation;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.TenantRole;
import dev.argosy.tenancy.member.Term;
import dev.argosy.tenancy.role.AccessGrant;
import dev.argosy.tenancy.role.CustomRole;
import dev.argosy.tenancy.role.PlatformRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nobody gives a role in a tenant or on the platform who does not hold all its rules where it
 * counts, for as long, or the verb {@code bind} on it.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping">Kubernetes:
 *     Privilege escalation prevention</a>
 */
public final class RoleGivingGuard implements AdmissionStep {

  private final Giving giving;
  private final NamedRoles roles;
  private final ObjectLookup objects;
  private final Function<AdmissionRequest, UserInfo> giver;

  /**
   * @param objects where roles are, the newest state of them
   * @param giver who gives what is written; not whoever accepts what somebody else offered
   */
  public RoleGivingGuard(
      Giving giving,
      NamedRoles roles,
      ObjectLookup objects,
      Function<AdmissionRequest, UserInfo> giver) {
    this.giving = giving;
    this.roles = roles;
    this.objects = objects;
    this.giver = giver;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null) {
      return;
    }
    if (request.concerns(Member.RESOURCE.group(), Member.RESOURCE.resource())) {
      inTenant(byGiver(request), object);
    } else if (request.concerns(Invitation.RESOURCE.group(), Invitation.RESOURCE.resource())) {
      invited(request, object);
    } else if (request.concerns(AccessGrant.RESOURCE.group(), AccessGrant.RESOURCE.resource())) {
      onPlatform(request, object);
    }
  }

  private AdmissionRequest byGiver(AdmissionRequest request) {
    UserInfo user = giver.apply(request);
    return user.equals(request.user())
        ? request
        : new AdmissionRequest(
            request.target(), request.operation(), user, request.object(), request.old());
  }

  /** To invite is to make a member, later. */
  private void invited(AdmissionRequest request, ObjectNode object) {
    inTenant(request, object);
    if (request.operation() == Operation.CREATE) {
      String tenant = object.path("spec").path("tenant").asString("");
      giving.requireCreate(request.user(), Member.RESOURCE, tenant);
    }
  }

  private void inTenant(AdmissionRequest request, ObjectNode object) {
    JsonNode spec = object.path("spec");
    giving.requireOwn(request, object, spec.path("tenant").asString(""));
    if (!same(spec, request.old())) {
      requireGiven(request, object);
    }
  }

  /**
   * Refuses whoever could not make such a Member.
   *
   * @param object whose spec names a tenant, a role and how long it lasts
   */
  void requireGiven(AdmissionRequest request, ObjectNode object) {
    JsonNode spec = object.path("spec");
    String tenant = spec.path("tenant").asString("");
    String role = spec.path("role").asString("");
    List<PolicyRule> wanted =
        TenantRole.words().contains(role)
            ? roles.of(TenantRole.of(role))
            : find(role)
                .filter(found -> roles.reaches(CustomRole.of(found.tree()), tenant))
                .map(found -> roles.of(found.tree()))
                .orElseThrow(() -> unknown(request, object, role, TenantRole.words()));
    if (!mayBind(request, tenant, spec)) {
      giving.requireHeld(request, object, new Giving.Wanted(tenant, wanted, Term.of(spec)));
    }
  }

  private void onPlatform(AdmissionRequest request, ObjectNode object) {
    JsonNode spec = object.path("spec");
    String role = spec.path("role").asString("");
    if (same(spec, request.old())) {
      return;
    }
    List<PolicyRule> wanted =
        PlatformRole.words().contains(role)
            ? roles.of(PlatformRole.of(role))
            : find(role)
                .filter(found -> CustomRole.of(found.tree()).ofPlatform())
                .map(found -> roles.of(found.tree()))
                .orElseThrow(() -> unknown(request, object, role, PlatformRole.words()));
    boolean atRoot = role.equals(PlatformRole.OPERATOR.text());
    String where = atRoot ? ClusterDirectory.ROOT : "";
    if (!mayBind(request, "", spec)) {
      giving.requireHeld(request, object, new Giving.Wanted(where, wanted, Term.of(spec)));
    }
  }

  private boolean mayBind(AdmissionRequest request, String tenant, JsonNode spec) {
    String role = spec.path("role").asString("");
    return giving.mayBeyond(
        TenantAffairs.asked(request.user(), "bind", CustomRole.RESOURCE, role),
        tenant,
        Term.of(spec));
  }

  static boolean same(JsonNode spec, @Nullable ObjectNode old) {
    return old != null && old.path("spec").equals(spec);
  }

  private Optional<ApiObject> find(String role) {
    return objects.find(new ObjectKey(CustomRole.RESOURCE, ClusterDirectory.ROOT, "", role));
  }

  private static StatusException unknown(
      AdmissionRequest request, ObjectNode object, String role, Set<String> always) {
    GroupResource resource = request.target().type().groupResource();
    String why =
        "Invalid value: \"%s\": must be one of %s, or a TenantRole that can be given here"
            .formatted(role, String.join(", ", new TreeSet<>(always)));
    return Status.invalid(
            resource.group(),
            request.target().type().kind(),
            object.path("metadata").path("name").asString(""),
            List.of(new Cause("FieldValueInvalid", why, "spec.role")))
        .asException();
  }
}
