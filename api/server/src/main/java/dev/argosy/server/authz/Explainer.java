package dev.argosy.server.authz;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.authz.AccessPath.Named;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.TenantRole;
import dev.argosy.tenancy.role.CustomRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why somebody may, why not, and who may: about one cluster, from the rules that decide. */
public final class Explainer {

  /** The kind of what a Member names. */
  public static final String TENANT_ROLE = "TenantRole";

  private static final String NODES = "system:nodes";

  /** Stands for any node. */
  private static final String ANY_NODE = "*";

  private final HeldRules held;
  private final NodeRules nodes;

  public Explainer(HeldRules held, NodeRules nodes) {
    this.held = held;
    this.nodes = nodes;
  }

  /** All ways by which the user may do it; empty if they may not. */
  public List<AccessPath> waysOf(Attributes asked) {
    List<AccessPath> ways = new ArrayList<>();
    Optional<String> node = NodeRules.nodeOf(asked.user());
    if (node.isPresent()) {
      Decision decision = nodes.decide(node.get(), asked);
      if (decision.allowed()) {
        ways.add(AccessPath.ofNodes(Holder.user(asked.user().name()), decision.reason()));
      }
    }
    held.visit(asked.user(), asked.cluster(), asked.namespace(), new Collector(asked, ways));
    return ways;
  }

  /** All ways by which anybody may do it. */
  public List<AccessPath> allWays(Attributes asked) {
    List<AccessPath> ways = new ArrayList<>();
    held.visitEverybody(asked.cluster(), asked.namespace(), new Collector(asked, ways));
    if (nodes.decide(ANY_NODE, asked).allowed()) {
      ways.add(AccessPath.ofNodes(Holder.group(NODES), "nodes need it"));
    }
    ways.sort(Comparator.comparing(AccessPath::holder));
    return ways;
  }

  /** The roles that hold it, as far as they can be given where it is asked for. */
  public List<Named> rolesWith(Attributes asked) {
    List<Named> roles = new ArrayList<>();
    tenantRoles(asked.cluster())
        .forEach((name, rules) -> {
          if (allowing(rules, asked).isPresent()) {
            roles.add(new Named(TENANT_ROLE, "", name));
          }
        });
    for (Role role : held.rolesIn(asked.cluster(), asked.namespace())) {
      if (allowing(role.rules(), asked).isPresent()) {
        roles.add(name(role));
      }
    }
    return roles;
  }

  /** The roles that a Member in a cluster can name, with their rules. */
  private Map<String, List<PolicyRule>> tenantRoles(String cluster) {
    Map<String, List<PolicyRule>> all = new LinkedHashMap<>();
    for (TenantRole role : TenantRole.values()) {
      all.put(role.text(), held.named().of(role));
    }
    held.named().givenIn(cluster).forEach(own -> all.put(own.role().name(), own.rules()));
    return all;
  }

  private static Named name(Role role) {
    RbacKind kind = role.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE;
    return new Named(kind.kind(), role.namespace(), role.name());
  }

  /** Whether it is a role that is there in every cluster, or for every tenant. */
  public boolean known(Named role) {
    return role.kind().equals(TENANT_ROLE)
        ? TenantRole.words().contains(role.name())
        : held.preset(role.namespace(), role.name()).isPresent();
  }

  /**
   * Who could grant it: who may write bindings there, or members of the tenant, and either may bind
   * a role that holds it or holds themselves what they would give.
   *
   * @return each with a way to their right to write bindings or members
   */
  public List<AccessPath> granters(Attributes asked) {
    Map<Holder, List<PolicyRule>> all = new TreeMap<>();
    Map<Holder, AccessPath> first = new TreeMap<>();
    Attributes write = of(asked, "create", bindings(asked), "");
    Attributes add = TenantAffairs.asked(asked.user(), "create", Member.RESOURCE, "");
    held.visitEverybody(
        asked.cluster(),
        asked.namespace(),
        (rules, origin) -> {
          Origin by = origin.get();
          all.computeIfAbsent(by.holder(), h -> new ArrayList<>()).addAll(rules);
          allowing(rules, write)
              .or(() -> by instanceof Origin.Tenant ? allowing(rules, add) : Optional.empty())
              .ifPresent(rule -> first.putIfAbsent(by.holder(), AccessPath.of(by, rule)));
          return false;
        });
    List<Role> roles = giving(asked);
    first
        .keySet()
        .removeIf(holder -> {
          List<PolicyRule> own = all.getOrDefault(holder, List.of());
          return !(allowing(own, write).isPresent() && gives(own, asked, roles))
              && !(allowing(own, add).isPresent() && givesAsMember(own, asked));
        });
    return List.copyOf(first.values());
  }

  private boolean givesAsMember(List<PolicyRule> own, Attributes asked) {
    return tenantRoles(asked.cluster()).entrySet().stream()
        .filter(role -> allowing(role.getValue(), asked).isPresent())
        .anyMatch(role ->
            Escalation.missing(own, role.getValue()).isEmpty()
                || allowing(
                        own,
                        TenantAffairs.asked(
                            asked.user(), "bind", CustomRole.RESOURCE, role.getKey()))
                    .isPresent());
  }

  private List<Role> giving(Attributes asked) {
    return held.rolesIn(asked.cluster(), asked.namespace()).stream()
        .filter(role -> allowing(role.rules(), asked).isPresent())
        .toList();
  }

  private static boolean gives(List<PolicyRule> own, Attributes asked, List<Role> roles) {
    boolean makesRole = allowing(own, of(asked, "create", roles(asked), "")).isPresent();
    if (makesRole && allowing(own, asked).isPresent()) {
      return true;
    }
    return roles.stream()
        .anyMatch(role ->
            allowing(own, of(asked, "bind", resource(role), role.name())).isPresent()
                || Escalation.missing(own, role.rules()).isEmpty());
  }

  private static String bindings(Attributes asked) {
    return asked.namespace().isEmpty() ? "clusterrolebindings" : "rolebindings";
  }

  private static String roles(Attributes asked) {
    return asked.namespace().isEmpty() ? "clusterroles" : "roles";
  }

  private static String resource(Role role) {
    return role.namespace().isEmpty() ? "clusterroles" : "roles";
  }

  private static Attributes of(Attributes asked, String verb, String resource, String name) {
    return new Attributes(
        asked.user(),
        asked.cluster(),
        verb,
        RbacKind.GROUP,
        "v1",
        resource,
        "",
        asked.namespace(),
        name,
        "");
  }

  static Optional<PolicyRule> allowing(List<PolicyRule> rules, Attributes asked) {
    for (PolicyRule rule : rules) {
      if (rule.allows(asked)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** Takes note of all that allows it. */
  private record Collector(Attributes asked, List<AccessPath> ways) implements HeldRules.Visitor {
    @Override
    public boolean visit(List<PolicyRule> rules, java.util.function.Supplier<Origin> origin) {
      allowing(rules, asked).ifPresent(rule -> ways.add(AccessPath.of(origin.get(), rule)));
      return false;
    }
  }
}
