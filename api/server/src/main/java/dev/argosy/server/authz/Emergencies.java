package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.EmergencyMark;
import dev.argosy.server.access.TenantAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody holds besides what they took by breaking the glass, and whether a binding or role
 * would give them more than that: rights that are over soon are not the taker's to keep. Whoever
 * acts as somebody else by such a right holds nothing besides.
 */
public final class Emergencies {

  private final HeldRules held;
  private final RulesOfClusters rules;
  private final TenantAccess tenants;

  public Emergencies(HeldRules held, RulesOfClusters rules, TenantAccess tenants) {
    this.held = held;
    this.rules = rules;
    this.tenants = tenants;
  }

  /** Whether somebody has taken access to a tenant, or acts by somebody's who has. */
  boolean taking(UserInfo user, String cluster) {
    return EmergencyMark.on(user)
        || (HeldRules.ofPlatform(user) && !tenants.emergenciesOf(user, cluster).isEmpty());
  }

  /** What is held besides. */
  List<PolicyRule> lasting(UserInfo user, String cluster, String namespace) {
    List<PolicyRule> all = new ArrayList<>();
    if (EmergencyMark.on(user)) {
      return all;
    }
    held.visit(
        user,
        cluster,
        namespace,
        (given, origin) -> {
          if (!(origin.get() instanceof Origin.Emergency)) {
            all.addAll(given);
          }
          return false;
        });
    return all;
  }

  /** Whether it may be done without what was taken. */
  boolean allowsLastingly(Attributes asked) {
    List<PolicyRule> all = lasting(asked.user(), asked.cluster(), asked.namespace());
    return Explainer.allowing(all, asked).isPresent();
  }

  /** Whether a binding gives its role to whoever writes it and has taken access. */
  boolean bindsTaker(UserInfo user, String cluster, ObjectNode binding, String namespace) {
    if (!taking(user, cluster)) {
      return false;
    }
    return EmergencyMark.on(user)
        || Binding.subjects(binding, namespace).stream()
            .anyMatch(subjects(user, cluster)::contains);
  }

  /** Whether what a role says may be what whoever writes it has, besides the access they took. */
  boolean widensTaker(UserInfo user, String cluster) {
    return taking(user, cluster) && (EmergencyMark.on(user) || inside(user, cluster));
  }

  /** Their name and groups, as bindings have them. */
  private Set<String> subjects(UserInfo user, String cluster) {
    Set<String> subjects = new TreeSet<>();
    subjects.add(Binding.USER + user.name());
    user.groups().forEach(group -> subjects.add(Binding.GROUP + group));
    if (!inside(user, cluster)) { // bindings to everybody do not count for strangers
      subjects.remove(Binding.GROUP + UserInfo.AUTHENTICATED);
    }
    return subjects;
  }

  private boolean inside(UserInfo user, String cluster) {
    ClusterRules compiled = rules.of(cluster);
    return !tenants.membershipsOf(user, cluster).isEmpty()
        || compiled.mentions(Binding.USER + user.name())
        || user.groups().stream()
            .filter(group -> !group.equals(UserInfo.AUTHENTICATED))
            .anyMatch(group -> compiled.mentions(Binding.GROUP + group));
  }
}
