package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.role.AccessGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Every rule that a user holds in a cluster, from all sources.
 *
 * <p>Who has nothing to do with a tenant's cluster holds nothing there, not even what Kubernetes
 * gives to everybody, so a tenant that they may not see looks like one that does not exist. Inside
 * are: identities of the cluster itself, members, and whoever one of its bindings names.
 */
public final class HeldRules {

  private static final String UNAUTHENTICATED = "system:unauthenticated";

  private final ClusterDirectory directory;
  private final TenantAccess tenants;
  private final RulesOfClusters rules;
  private final TenantRoleRules roleRules;

  public HeldRules(
      ClusterDirectory directory,
      TenantAccess tenants,
      RulesOfClusters rules,
      BootstrapRbac bootstrap) {
    this.directory = directory;
    this.tenants = tenants;
    this.rules = rules;
    this.roleRules =
        new TenantRoleRules(ClusterRules.compile(bootstrap.roles(), bootstrap.bindings()));
  }

  /** Looks at rules until it has seen enough. */
  interface Visitor {
    /**
     * Rules with the reason why the user holds them.
     *
     * @return true if that is enough
     */
    boolean visit(List<PolicyRule> rules, Supplier<String> reason);
  }

  /**
   * Shows the visitor the user's rules.
   *
   * @param cluster one cluster, or {@code *} for what holds in all of them
   * @param namespace empty for the cluster's scope
   */
  void visit(UserInfo user, String cluster, String namespace, Visitor visitor) {
    Optional<String> scope = ClusterScope.of(user);
    boolean ofPlatform = scope.isEmpty() || scope.get().equals(ClusterDirectory.ROOT);
    if (!ofPlatform && !scope.get().equals(cluster)) {
      return;
    }
    if (user.inGroup(UserInfo.SYSTEM_MASTERS)
        && visitor.visit(TenantRoleRules.EVERYTHING, () -> "group system:masters")) {
      return;
    }
    if (ofPlatform && platform(user, visitor)) {
      return;
    }
    if (directory.find(cluster).isPresent()) {
      inCluster(user, cluster, namespace, !ofPlatform, visitor);
    }
  }

  private boolean platform(UserInfo user, Visitor visitor) {
    for (AccessGrant grant : tenants.grantsOf(user)) {
      if (visitor.visit(
          roleRules.of(grant.role()),
          () -> "platform role " + grant.role().text() + ", granted by " + grant.name())) {
        return true;
      }
    }
    return false;
  }

  private void inCluster(
      UserInfo user, String cluster, String namespace, boolean own, Visitor visitor) {
    List<Member> memberships = tenants.membershipsOf(user, cluster);
    for (Member member : memberships) {
      if (visitor.visit(
          roleRules.of(member.role()),
          () -> "tenant role " + member.role().text() + " by member " + member.name())) {
        return;
      }
    }
    ClusterRules compiled = rules.of(cluster);
    List<ClusterRules.Grant> named = named(user, compiled);
    boolean inside =
        own
            || cluster.equals(ClusterDirectory.ROOT)
            || !memberships.isEmpty()
            || (!named.isEmpty() && !user.inGroup(UNAUTHENTICATED));
    List<ClusterRules.Grant> grants = new ArrayList<>(named);
    if (inside) {
      grants.clear();
      grants.addAll(compiled.ofUser(user));
      user.groups().forEach(group -> grants.addAll(compiled.ofGroup(group)));
    }
    for (ClusterRules.Grant grant : grants) {
      if (grant.reaches(namespace)
          && visitor.visit(grant.rules(), () -> "RBAC: allowed by " + grant.binding().shown())) {
        return;
      }
    }
  }

  /** Grants by bindings of the tenant's own making that name the user or a group of theirs. */
  private static List<ClusterRules.Grant> named(UserInfo user, ClusterRules compiled) {
    List<ClusterRules.Grant> named = new ArrayList<>(compiled.ofUser(user));
    for (String group : user.groups()) {
      if (!group.equals(UserInfo.AUTHENTICATED)) {
        named.addAll(compiled.ofGroup(group));
      }
    }
    named.removeIf(grant -> grant.binding().bootstrap());
    return named;
  }

  /** All of the user's rules. */
  public List<PolicyRule> all(UserInfo user, String cluster, String namespace) {
    List<PolicyRule> all = new ArrayList<>();
    visit(
        user,
        cluster,
        namespace,
        (held, reason) -> {
          all.addAll(held);
          return false;
        });
    return all;
  }

  /** The rules of a role as the cluster has it; cluster roles have no namespace. */
  Optional<List<PolicyRule>> rulesOfRole(String cluster, String namespace, String name) {
    return rules.of(cluster).rulesOf(namespace, name);
  }
}
