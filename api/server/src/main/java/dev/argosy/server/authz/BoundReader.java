package dev.argosy.server.authz;

import dev.argosy.tenancy.member.TenantRole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads the scope of an access token. */
public final class BoundReader {

  private static final List<PolicyRule> READING =
      List.of(
          PolicyRule.resources(TenantRoleRules.READ, List.of("*"), List.of("*")),
          new PolicyRule(List.of("get", "head"), List.of(), List.of(), List.of(), List.of("*")));

  private final NamedRoles roles;

  public BoundReader(NamedRoles roles) {
    this.roles = roles;
  }

  /**
   * A scope.
   *
   * @param cluster in which its token was made
   * @param roleUid of the role that it names, if that is one of people's own making
   */
  public record Scope(JsonNode says, String cluster, String roleUid) {}

  /**
   * What a scope allows at most.
   *
   * @param clusters where anything is allowed at all
   */
  public Bound read(Scope scope, Predicate<String> clusters) {
    List<Bound.Limit> limits = new ArrayList<>();
    JsonNode says = scope.says();
    String role = says.path("role").asString("");
    if (!role.isEmpty()) {
      limits.add(role(role, scope));
    }
    boolean readOnly = says.path("readOnly").asBoolean(false);
    if (readOnly) {
      limits.add(Bound.Limit.of(READING));
    }
    List<PolicyRule> rules = PolicyRule.listOf(says.path("rules"));
    if (!rules.isEmpty()) {
      limits.add(Bound.Limit.of(rules));
    }
    return new Bound(clusters, limits, rules, readOnly);
  }

  private Bound.Limit role(String name, Scope scope) {
    return TenantRole.words().contains(name)
        ? Bound.Limit.of(roles.of(TenantRole.of(name)))
        : () -> roles.defined(name, scope.roleUid(), scope.cluster());
  }
}
