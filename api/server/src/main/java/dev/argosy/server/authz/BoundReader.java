package dev.argosy.server.authz;

import dev.argosy.tenancy.member.TenantRole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads the scope of an access token. */
public final class BoundReader {

  /** What a client needs to find out what there is and what it may: right with any scope. */
  private static final List<PolicyRule> ASKING =
      List.of(
          PolicyRule.resources(
              List.of("create"),
              List.of("authorization.k8s.io"),
              List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews")),
          PolicyRule.resources(
              List.of("create"), List.of("authentication.k8s.io"), List.of("selfsubjectreviews")),
          PolicyRule.resources(
              List.of("create"), List.of("access.argosy.dev"), List.of("accessexplanations")),
          TenantRoleRules.DISCOVERY);

  private static final List<PolicyRule> READING =
      List.of(
          PolicyRule.resources(TenantRoleRules.READ, List.of("*"), List.of("*")),
          new PolicyRule(List.of("get", "head"), List.of(), List.of(), List.of(), List.of("*")));

  private final TenantRoleRules roles;

  public BoundReader(BootstrapRbac bootstrap) {
    this.roles = new TenantRoleRules(ClusterRules.compile(bootstrap.roles(), bootstrap.bindings()));
  }

  /**
   * What a scope allows at most.
   *
   * @param clusters where anything is allowed at all
   * @throws IllegalArgumentException if it names no role of a tenant
   */
  public Bound read(JsonNode scope, Predicate<String> clusters) {
    List<List<PolicyRule>> limits = new ArrayList<>();
    String role = scope.path("role").asString("");
    if (!role.isEmpty()) {
      limits.add(withAsking(roles.of(TenantRole.of(role))));
    }
    boolean readOnly = scope.path("readOnly").asBoolean(false);
    if (readOnly) {
      limits.add(withAsking(READING));
    }
    List<PolicyRule> rules = PolicyRule.listOf(scope.path("rules"));
    if (!rules.isEmpty()) {
      limits.add(withAsking(rules));
    }
    return new Bound(clusters, limits, rules, readOnly);
  }

  private static List<PolicyRule> withAsking(List<PolicyRule> rules) {
    List<PolicyRule> all = new ArrayList<>(rules);
    all.addAll(ASKING);
    return List.copyOf(all);
  }
}
