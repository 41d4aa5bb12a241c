package dev.argosy.server.authz;

import dev.argosy.tenancy.role.AccessGrant;
import dev.argosy.tenancy.role.PlatformRole;
import java.util.List;

/**
 * One way by which somebody is allowed something: a binding that gives them a role that has a rule.
 *
 * @param holder whom the binding names
 * @param text the same as a sentence
 */
public record AccessPath(Holder holder, Named binding, Named role, PolicyRule rule, String text) {

  /**
   * A thing by its name.
   *
   * @param kind such as RoleBinding, Member, ClusterRole; empty if there is no such thing
   * @param namespace empty if it has none
   */
  public record Named(String kind, String namespace, String name) {
    /** There is none. */
    public static final Named NONE = new Named("", "", "");
  }

  static AccessPath of(Origin origin, PolicyRule rule) {
    return switch (origin) {
      case Origin.Superusers superusers ->
          path(origin, new Named("Superusers", "", ""), Named.NONE, rule);
      case Origin.Platform platform ->
          path(
              origin,
              new Named("AccessGrant", "", platform.grant().name()),
              new Named(platformKind(platform.grant()), "", platform.grant().role()),
              rule);
      case Origin.Tenant tenant ->
          path(
              origin,
              new Named("Member", "", tenant.member().name()),
              new Named("TenantRole", "", tenant.member().role()),
              rule);
      case Origin.Emergency emergency ->
          path(
              origin,
              new Named("BreakGlass", "", emergency.taken().name()),
              new Named("TenantRole", "", emergency.taken().role().text()),
              rule);
      case Origin.Bound bound -> bound(bound, rule);
    };
  }

  private static String platformKind(AccessGrant grant) {
    return PlatformRole.words().contains(grant.role()) ? "PlatformRole" : "TenantRole";
  }

  private static AccessPath bound(Origin.Bound bound, PolicyRule rule) {
    Binding binding = bound.binding();
    boolean inNamespace = !binding.namespace().isEmpty();
    RbacKind kind = inNamespace ? RbacKind.ROLE_BINDING : RbacKind.CLUSTER_ROLE_BINDING;
    String roleNamespace = binding.roleKind() == RbacKind.ROLE ? binding.namespace() : "";
    return path(
        bound,
        new Named(kind.kind(), binding.namespace(), binding.name()),
        new Named(binding.roleKind().kind(), roleNamespace, binding.role()),
        rule);
  }

  private static AccessPath path(Origin origin, Named binding, Named role, PolicyRule rule) {
    return new AccessPath(origin.holder(), binding, role, rule, origin.text());
  }

  /** What nodes may because of what they are. */
  static AccessPath ofNodes(Holder holder, String text) {
    PolicyRule none = new PolicyRule(List.of(), List.of(), List.of(), List.of(), List.of());
    return new AccessPath(holder, new Named("NodeAuthorizer", "", ""), Named.NONE, none, text);
  }
}
