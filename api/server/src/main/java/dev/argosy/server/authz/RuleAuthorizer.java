package dev.argosy.server.authz;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.RightsHistory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one authorizer: what nodes need, then every rule that the user holds. */
public final class RuleAuthorizer implements Authorizer {

  /** One answer to all who hold nothing, whether or not there is such a cluster. */
  private static final Decision NO_RULE = Decision.deny("");

  private final HeldRules held;
  private final NodeRules nodes;
  private final RightsHistory history;
  private final OwnTokens own;

  /** Where nobody has access tokens. */
  public RuleAuthorizer(HeldRules held, NodeRules nodes) {
    this(held, nodes, key -> Optional.empty());
  }

  /**
   * @param objects where access tokens are, to tell whose they are
   */
  public RuleAuthorizer(HeldRules held, NodeRules nodes, ObjectLookup objects) {
    this.own = new OwnTokens(held, objects);
    this.held = held;
    this.nodes = nodes;
    this.history = held.history();
  }

  @Override
  public Decision authorize(Attributes asked) {
    Optional<String> node = NodeRules.nodeOf(asked.user());
    Decision asNode = node.isPresent() ? nodes.decide(node.get(), asked) : NO_RULE;
    if (asNode.allowed()) {
      return asNode;
    }
    FirstThatAllows first = new FirstThatAllows(asked);
    held.visitWhole(asked.user(), asked.cluster(), asked.namespace(), first);
    Decision decision = first.decision(asNode);
    return decision.allowed() || !OwnTokens.meant(asked) ? decision : own.decide(asked, decision);
  }

  @Override
  public Reach reach(Attributes asked) {
    if (OwnTokens.meant(asked)) {
      return own.reach(asked, history.stamp(asked.cluster()));
    }
    Object asOf = history.stamp(asked.cluster());
    return NamespaceSearch.of(asked).in(held, asOf);
  }

  @Override
  public boolean sharesObjects(Attributes asked) {
    return OwnTokens.meant(asked);
  }

  @Override
  public RightsHistory history() {
    return history;
  }

  /** Ends the search at the first rule that allows. */
  private static final class FirstThatAllows implements HeldRules.Visitor {
    private final Attributes asked;
    private @Nullable Decision found;
    private @Nullable Set<String> missing;

    FirstThatAllows(Attributes asked) {
      this.asked = asked;
    }

    @Override
    public boolean visit(List<PolicyRule> rules, Supplier<Origin> origin) {
      for (PolicyRule rule : rules) {
        if (rule.allows(asked)) {
          Origin by = origin.get();
          found = new Decision(true, by.text(), by.marks());
          return true;
        }
      }
      return false;
    }

    @Override
    public void roleMissing(Binding binding) {
      Set<String> known = missing == null ? new LinkedHashSet<>() : missing;
      known.add(binding.roleMissing());
      missing = known;
    }

    Decision decision(Decision before) {
      if (found != null) {
        return found;
      }
      if (missing == null) {
        return before;
      }
      String why = missing.size() == 1 ? missing.iterator().next() : missing.toString();
      String first = before.reason().isEmpty() ? "" : before.reason() + "\n";
      return Decision.deny(first + "RBAC: " + why);
    }
  }
}
