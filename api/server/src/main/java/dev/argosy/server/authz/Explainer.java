package dev.argosy.server.authz;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.authz.AccessPath.Named;
import dev.argosy.tenancy.member.TenantRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why somebody may, why not, and who may: about one cluster, from the rules that decide. */
public final class Explainer {

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
    for (TenantRole role : TenantRole.values()) {
      if (allowing(held.rulesOf(role), asked).isPresent()) {
        roles.add(new Named("TenantRole", "", role.text()));
      }
    }
    for (Role role : held.rolesIn(asked.cluster(), asked.namespace())) {
      if (allowing(role.rules(), asked).isPresent()) {
        roles.add(name(role));
      }
    }
    return roles;
  }

  private static Named name(Role role) {
    RbacKind kind = role.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE;
    return new Named(kind.kind(), role.namespace(), role.name());
  }

  /** Whether every cluster has that role. */
  public boolean known(Named role) {
    return held.preset(role.namespace(), role.name());
  }

  /**
   * Who could grant it: who may write bindings there, and either may bind a role that holds it or
   * holds themselves what they would give.
   *
   * @return each with a way to their right to write bindings
   */
  public List<AccessPath> granters(Attributes asked) {
    Map<Holder, List<PolicyRule>> all = new TreeMap<>();
    Map<Holder, AccessPath> first = new TreeMap<>();
    Attributes write = of(asked, "create", bindings(asked), "");
    held.visitEverybody(
        asked.cluster(),
        asked.namespace(),
        (rules, origin) -> {
          Origin by = origin.get();
          all.computeIfAbsent(by.holder(), h -> new ArrayList<>()).addAll(rules);
          allowing(rules, write)
              .ifPresent(rule -> first.putIfAbsent(by.holder(), AccessPath.of(by, rule)));
          return false;
        });
    List<Role> roles = giving(asked);
    first.keySet().removeIf(holder -> !gives(all.getOrDefault(holder, List.of()), asked, roles));
    return List.copyOf(first.values());
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
                || holds(own, role));
  }

  private static boolean holds(List<PolicyRule> own, Role role) {
    return role.rules().stream()
        .flatMap(rule -> rule.singles().stream())
        .allMatch(single -> own.stream().anyMatch(have -> have.covers(single)));
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
