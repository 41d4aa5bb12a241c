package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.Operation;
import dev.argosy.tenancy.member.Term;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may give rights as roles, where, and for how long. Called by many threads. */
public final class Giving {

  private final HeldRules held;
  private final LastingRules lasting;
  private final TenantAffairs affairs;

  public Giving(HeldRules held, LastingRules lasting, TenantAffairs affairs) {
    this.held = held;
    this.lasting = lasting;
    this.affairs = affairs;
  }

  /**
   * Rights that are to be given.
   *
   * @param tenant where, and in all tenants below; empty for the whole platform
   */
  record Wanted(String tenant, List<PolicyRule> rules, Term term) {}

  /**
   * Whose right to make such objects comes of their role in a tenant makes those of that tenant
   * only, under names that begin with it: so nobody meets the names of others'.
   */
  void requireOwn(AdmissionRequest request, ObjectNode object, String tenant) {
    GroupResource resource = request.target().type().groupResource();
    UserInfo user = request.user();
    if (request.operation() != Operation.CREATE || mayEverywhere(user, resource)) {
      return;
    }
    requireCreate(user, resource, tenant);
    JsonNode metadata = object.path("metadata");
    String name = metadata.path("name").asString(metadata.path("generateName").asString(""));
    if (!name.startsWith(tenant + ".")) {
      throw Status.forbidden(
              resource, name, "names of what a tenant makes begin with \"" + tenant + ".\"")
          .asException();
    }
  }

  /** Refuses whoever can make no such object of a tenant. */
  void requireCreate(UserInfo user, GroupResource resource, String tenant) {
    boolean may =
        mayEverywhere(user, resource)
            || (!tenant.isEmpty() && affairs.may(user, tenant, "create", resource, ""));
    if (!may) {
      throw Status.forbidden(
              resource,
              "",
              "User \"%s\" cannot create resource \"%s\" in API group \"%s\" at the cluster scope"
                  .formatted(user.name(), resource.resource(), resource.group()))
          .asException();
    }
  }

  /** Whether somebody may make such objects of all tenants. */
  boolean mayEverywhere(UserInfo user, GroupResource resource) {
    return held.allows(TenantAffairs.asked(user, "create", resource, ""));
  }

  /**
   * Whether somebody may, for as long, do what gives more than they have: {@code bind} a role, or
   * {@code escalate} one. A verb that ends with its holder's role does not count for what lasts.
   *
   * @param tenant empty for the whole platform
   * @param asked in the platform's own cluster
   */
  boolean mayBeyond(Attributes asked, String tenant, Term term) {
    UserInfo user = asked.user();
    return allows(lasting.of(user, tenant, term), asked)
        || allows(lasting.of(user, ClusterDirectory.ROOT, term), asked)
        || held.allowsByBinding(asked);
  }

  private static boolean allows(List<PolicyRule> rules, Attributes asked) {
    return Explainer.allowing(rules, asked).isPresent();
  }

  /**
   * Refuses what would give more than the user has.
   *
   * @throws dev.argosy.model.status.StatusException Forbidden
   */
  void requireHeld(AdmissionRequest request, ObjectNode object, Wanted wanted) {
    UserInfo user = request.user();
    List<PolicyRule> own = lasting.of(user, wanted.tenant(), wanted.term());
    List<PolicyRule> missing = Escalation.missing(own, wanted.rules());
    if (missing.isEmpty()) {
      return;
    }
    boolean soonOver =
        Escalation.missing(lasting.of(user, wanted.tenant()), wanted.rules()).isEmpty();
    throw Status.forbidden(
            request.target().type().groupResource(),
            object.path("metadata").path("name").asString(""),
            Escalation.refusal(user, missing)
                + (soonOver ? "\nfor as long as they would be given" : ""))
        .asException();
  }
}
