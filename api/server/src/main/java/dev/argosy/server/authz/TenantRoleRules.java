package dev.argosy.server.authz;

import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.member.TenantRole;
import dev.argosy.tenancy.role.PlatformRole;
import java.util.ArrayList;
import java.util.List;

/** What the roles of tenants and of the platform mean, as RBAC rules. */
final class TenantRoleRules {

  static final List<PolicyRule> EVERYTHING =
      List.of(
          PolicyRule.resources(List.of("*"), List.of("*"), List.of("*")),
          new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

  static final List<String> READ = List.of("get", "list", "watch");

  /** What there is, and how it is. */
  static final PolicyRule DISCOVERY =
      new PolicyRule(
          List.of("get"),
          List.of(),
          List.of(),
          List.of(),
          List.of(
              "/api",
              "/api/*",
              "/apis",
              "/apis/*",
              "/openapi",
              "/openapi/*",
              "/version",
              "/version/",
              "/healthz",
              "/livez",
              "/readyz"));

  /** Whoever may look at a tenant may see what bounds it. */
  private static final PolicyRule QUOTA_HISTORY =
      new PolicyRule(List.of("get"), List.of(), List.of(), List.of(), List.of("/quota-history"));

  private static final List<String> WRITE =
      List.of("create", "update", "patch", "delete", "deletecollection");

  /**
   * In the platform's own cluster. Neither members nor templates, by which one could give oneself
   * rights in tenants that last.
   */
  private static final List<PolicyRule> OPERATE =
      List.of(
          PolicyRule.resources(READ, List.of("tenancy.argosy.dev"), List.of("*")),
          PolicyRule.resources(
              WRITE,
              List.of("tenancy.argosy.dev"),
              List.of(
                  "tenants",
                  "tenants/restore",
                  "tenantquotas",
                  "tenantrequests",
                  "tenantrequests/approval",
                  "tenantrequestpolicies")),
          PolicyRule.resources(
              List.of("create"), List.of("tenancy.argosy.dev"), List.of("breakglasses")),
          PolicyRule.resources(READ, List.of("fleet.argosy.dev"), List.of("*")),
          PolicyRule.resources(WRITE, List.of("fleet.argosy.dev"), List.of("*")),
          PolicyRule.resources(List.of("update", "patch"), List.of(""), List.of("nodes")));

  private final List<PolicyRule> member;
  private final List<PolicyRule> viewer;
  private final List<PolicyRule> platformViewer;
  private final List<PolicyRule> platformOperator;

  /**
   * @param rules where Kubernetes' {@code edit} and {@code view} are
   */
  TenantRoleRules(ClusterRules rules) {
    List<PolicyRule> look =
        List.of(
            PolicyRule.resources(READ, List.of(""), List.of("nodes", "namespaces")),
            PolicyRule.resources(
                List.of("create"),
                List.of("authorization.k8s.io"),
                List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews")),
            PolicyRule.resources(
                List.of("create"),
                List.of("access.argosy.dev"),
                List.of("accessexplanations", "accesstokens", "whocans")),
            PolicyRule.resources(
                List.of("get", "list"),
                List.of("history.argosy.dev"),
                List.of("objectrevisions", "objectrevisions/all")),
            PolicyRule.resources(
                List.of("create"),
                List.of("history.argosy.dev"),
                List.of("objectrestores", "revisiondiffs")),
            PolicyRule.resources(
                List.of("create"), List.of("authentication.k8s.io"), List.of("selfsubjectreviews")),
            QUOTA_HISTORY,
            DISCOVERY);
    List<PolicyRule> change =
        List.of(
            PolicyRule.resources(WRITE, List.of(""), List.of("namespaces")),
            PolicyRule.resources(
                READ,
                List.of(RbacKind.GROUP),
                List.of("roles", "rolebindings", "clusterroles", "clusterrolebindings")),
            PolicyRule.resources(
                READ, List.of("tenancy.argosy.dev"), List.of("members", "tenantroles")));
    List<PolicyRule> edit = rules.rulesOf("", "edit").orElse(List.of());
    List<PolicyRule> view = rules.rulesOf("", "view").orElse(List.of());
    member = joined(edit, change, look);
    viewer = joined(view, look);
    platformViewer = platformViewer(view, look);
    platformOperator = joined(look, OPERATE);
  }

  private static List<PolicyRule> platformViewer(List<PolicyRule> view, List<PolicyRule> look) {
    PolicyRule platform =
        PolicyRule.resources(
            READ, List.of("tenancy.argosy.dev", "fleet.argosy.dev", RbacKind.GROUP), List.of("*"));
    return joined(view, look, List.of(platform));
  }

  List<PolicyRule> of(TenantRole role) {
    return switch (role) {
      case ADMIN -> EVERYTHING;
      case MEMBER -> member;
      case VIEWER -> viewer;
    };
  }

  /** What a role gives in the platform's own cluster. */
  List<PolicyRule> of(PlatformRole role) {
    return switch (role) {
      case ADMIN -> EVERYTHING;
      case OPERATOR -> platformOperator;
      case VIEWER -> platformViewer;
    };
  }

  /** What a role gives in a cluster, or in all of them. */
  List<PolicyRule> of(PlatformRole role, String cluster) {
    return role == PlatformRole.OPERATOR && !cluster.equals(ClusterDirectory.ROOT)
        ? List.of()
        : of(role);
  }

  @SafeVarargs
  private static List<PolicyRule> joined(List<PolicyRule>... parts) {
    List<PolicyRule> all = new ArrayList<>();
    for (List<PolicyRule> part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }
}
