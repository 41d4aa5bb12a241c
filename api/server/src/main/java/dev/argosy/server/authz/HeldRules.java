package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.tenancy.breakglass.BreakGlass;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.role.AccessGrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
  private final NamedRoles roles;
  private final Bounds bounds;

  /** Where nothing narrows what somebody holds. */
  public HeldRules(
      ClusterDirectory directory, TenantAccess tenants, RulesOfClusters rules, NamedRoles roles) {
    this(directory, tenants, rules, roles, Bounds.NONE);
  }

  /**
   * @param roles that members and grants name
   * @param bounds what narrows what somebody holds
   */
  public HeldRules(
      ClusterDirectory directory,
      TenantAccess tenants,
      RulesOfClusters rules,
      NamedRoles roles,
      Bounds bounds) {
    this.directory = directory;
    this.tenants = tenants;
    this.rules = rules;
    this.roles = roles;
    this.bounds = bounds;
  }

  /** Looks at rules until it has seen enough. */
  interface Visitor {
    /**
     * Rules with what gives them.
     *
     * @return true if that is enough
     */
    boolean visit(List<PolicyRule> rules, Supplier<Origin> origin);

    /** Hears of a binding that names the user, and a role that is not there. */
    default void roleMissing(Binding binding) {}
  }

  /**
   * Shows the visitor the user's rules.
   *
   * @param cluster one cluster, or {@code *} for what holds in all of them
   * @param namespace empty for the cluster's scope
   */
  void visit(UserInfo user, String cluster, String namespace, Visitor visitor) {
    Optional<Bound> bound = bounds.of(user);
    if (bound.isEmpty()) {
      visitWhole(user, cluster, namespace, visitor);
    } else if (bound.get().covers(cluster)) {
      visitWhole(user, cluster, namespace, new Narrowed(bound.get(), visitor));
    }
  }

  private record Narrowed(Bound bound, Visitor visitor) implements Visitor {
    @Override
    public boolean visit(List<PolicyRule> rules, Supplier<Origin> origin) {
      List<PolicyRule> left = bound.narrowed(rules);
      return !left.isEmpty() && visitor.visit(left, origin);
    }

    @Override
    public void roleMissing(Binding binding) {
      visitor.roleMissing(binding);
    }
  }

  /** Shows the visitor the rules that the user would hold if nothing narrowed them. */
  void visitWhole(UserInfo user, String cluster, String namespace, Visitor visitor) {
    boolean ofPlatform = ofPlatform(user);
    if (!ofPlatform && !tiedTo(user, cluster)) {
      return;
    }
    if (user.inGroup(UserInfo.SYSTEM_MASTERS)
        && visitor.visit(TenantRoleRules.EVERYTHING, Origin.Superusers::new)) {
      return;
    }
    if (ofPlatform && platform(user, cluster, visitor)) {
      return;
    }
    if (directory.find(cluster).isPresent()
        && !inCluster(user, cluster, namespace, !ofPlatform, visitor)
        && ofPlatform) {
      inEmergency(user, cluster, visitor);
    }
  }

  /** Last, so that what one has anyway is not put down to it. */
  private void inEmergency(UserInfo user, String cluster, Visitor visitor) {
    for (BreakGlass taken : tenants.emergenciesOf(user, cluster)) {
      if (visitor.visit(roles.of(taken.role()), () -> new Origin.Emergency(taken))) {
        return;
      }
    }
  }

  private boolean platform(UserInfo user, String cluster, Visitor visitor) {
    for (AccessGrant grant : tenants.grantsOf(user)) {
      if (visitor.visit(roles.of(grant, cluster), () -> new Origin.Platform(grant))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the visitor has seen enough. */
  private boolean inCluster(
      UserInfo user, String cluster, String namespace, boolean own, Visitor visitor) {
    List<Member> memberships = tenants.membershipsOf(user, cluster);
    for (Member member : memberships) {
      if (visitor.visit(roles.of(member), () -> new Origin.Tenant(member))) {
        return true;
      }
    }
    ClusterRules compiled = rules.of(cluster);
    boolean inside = inside(user, cluster, own, !memberships.isEmpty(), compiled);
    BindingVisit grants = new BindingVisit(compiled, namespace, !inside, visitor);
    if (grants.ofSubject(Binding.USER + user.name())) {
      return true;
    }
    for (String group : user.groups()) {
      if ((inside || !group.equals(UserInfo.AUTHENTICATED))
          && grants.ofSubject(Binding.GROUP + group)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether somebody has anything to do with a cluster: by a role on the platform, as a member, or
   * because a binding of its own making names them. What everybody has does not count, nor does
   * what narrows their rights.
   */
  public boolean hasPlace(UserInfo user, String cluster) {
    return directory.find(cluster).isPresent()
        && (!tenants.grantsOf(user).isEmpty()
            || !tenants.membershipsOf(user, cluster).isEmpty()
            || named(user, rules.of(cluster)));
  }

  private static boolean inside(
      UserInfo user, String cluster, boolean own, boolean member, ClusterRules compiled) {
    return own
        || cluster.equals(ClusterDirectory.ROOT)
        || member
        || (!user.inGroup(UNAUTHENTICATED) && named(user, compiled));
  }

  /**
   * What bindings give the user in single namespaces of a cluster.
   *
   * @param visitor takes a namespace and rules that the user holds there
   */
  void visitNamespaces(
      UserInfo user, String cluster, BiConsumer<String, List<PolicyRule>> visitor) {
    boolean ofPlatform = ofPlatform(user);
    if ((!ofPlatform && !tiedTo(user, cluster)) || directory.find(cluster).isEmpty()) {
      return;
    }
    ClusterRules compiled = rules.of(cluster);
    boolean member = !tenants.membershipsOf(user, cluster).isEmpty();
    boolean inside = inside(user, cluster, !ofPlatform, member, compiled);
    List<String> subjects = new ArrayList<>(List.of(Binding.USER + user.name()));
    user.groups().stream()
        .filter(group -> inside || !group.equals(UserInfo.AUTHENTICATED))
        .forEach(group -> subjects.add(Binding.GROUP + group));
    for (String subject : subjects) {
      for (ClusterRules.Grant grant : compiled.inNamespaces(subject)) {
        if (inside || !grant.binding().bootstrap()) {
          compiled
              .rulesOf(grant)
              .ifPresent(rules -> visitor.accept(grant.binding().namespace(), rules));
        }
      }
    }
  }

  /** How all of this changes. */
  RightsHistory history() {
    return new RightsHistory() {
      @Override
      public Object stamp(String cluster) {
        return new Stamp(rules.stamp(cluster), tenants.stamp(), roles.stamp(), bounds.stamp());
      }

      @Override
      public boolean counted(long revision, Duration patience) {
        return rules.counted(revision, patience);
      }

      @Override
      public boolean unchangedSince(String cluster, long revision) {
        return rules.unchangedSince(cluster, revision);
      }

      @Override
      public void onChange(Consumer<String> listener) {
        rules.onChange(listener);
        tenants.onChange(listener);
        roles.onChange(listener);
        bounds.onChange(listener);
      }
    };
  }

  private record Stamp(Object rules, Object members, Object roles, Object bounds) {}

  /** Whether a binding of the tenant's own making names the user or a group of theirs. */
  private static boolean named(UserInfo user, ClusterRules compiled) {
    if (compiled.names(Binding.USER + user.name())) {
      return true;
    }
    for (String group : user.groups()) {
      if (!group.equals(UserInfo.AUTHENTICATED) && compiled.names(Binding.GROUP + group)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a rule that the user holds allows it; what nodes need does not count. */
  boolean allows(Attributes asked) {
    boolean[] may = new boolean[1];
    visit(
        asked.user(),
        asked.cluster(),
        asked.namespace(),
        (held, origin) -> {
          may[0] = Explainer.allowing(held, asked).isPresent();
          return may[0];
        });
    return may[0];
  }

  /** Whether a binding of the cluster's own, which does not end, allows it. */
  boolean allowsByBinding(Attributes asked) {
    boolean[] may = new boolean[1];
    visit(
        asked.user(),
        asked.cluster(),
        asked.namespace(),
        (held, origin) -> {
          may[0] =
              Explainer.allowing(held, asked).isPresent() && origin.get() instanceof Origin.Bound;
          return may[0];
        });
    return may[0];
  }

  /** Whether an identity means something outside of one tenant's cluster. */
  static boolean ofPlatform(UserInfo user) {
    Optional<String> scope = ClusterScope.of(user);
    return scope.isEmpty() || scope.get().equals(ClusterDirectory.ROOT);
  }

  private static boolean tiedTo(UserInfo user, String cluster) {
    return ClusterScope.of(user).filter(cluster::equals).isPresent();
  }

  /** All of the user's rules. */
  public List<PolicyRule> all(UserInfo user, String cluster, String namespace) {
    List<PolicyRule> all = new ArrayList<>();
    visit(
        user,
        cluster,
        namespace,
        (held, origin) -> {
          all.addAll(held);
          return false;
        });
    return all;
  }

  /** The rules of a role as the cluster has it; cluster roles have no namespace. */
  Optional<List<PolicyRule>> rulesOfRole(String cluster, String namespace, String name) {
    return rules.of(cluster).rulesOf(namespace, name);
  }

  /**
   * Shows the visitor the rules of all who have any in a cluster, whoever they are.
   *
   * @param namespace empty for the cluster's scope
   */
  void visitEverybody(String cluster, String namespace, Visitor visitor) {
    visitor.visit(TenantRoleRules.EVERYTHING, Origin.Superusers::new);
    tenants
        .grants()
        .forEach(
            grant -> visitor.visit(roles.of(grant, cluster), () -> new Origin.Platform(grant)));
    tenants
        .membersOf(cluster)
        .forEach(member -> visitor.visit(roles.of(member), () -> new Origin.Tenant(member)));
    tenants
        .emergenciesIn(cluster)
        .forEach(taken -> visitor.visit(roles.of(taken.role()), () -> new Origin.Emergency(taken)));
    ClusterRules compiled = rules.of(cluster);
    compiled.forEach(
        namespace,
        (subject, grant) ->
            compiled
                .rulesOf(grant)
                .ifPresent(
                    all -> visitor.visit(all, () -> new Origin.Bound(grant.binding(), subject))));
  }

  /** The roles that can be given in a namespace, or in the cluster's scope, in order. */
  List<Role> rolesIn(String cluster, String namespace) {
    return rules.of(cluster).roles(namespace);
  }

  /** The rules of a role that every cluster has; empty if not every one has it. */
  Optional<List<PolicyRule>> preset(String namespace, String name) {
    return rules.untouched().rulesOf(namespace, name);
  }

  /** The roles that members and grants name. */
  NamedRoles named() {
    return roles;
  }
}
