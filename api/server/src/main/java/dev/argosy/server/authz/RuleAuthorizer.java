package dev.argosy.server.authz;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one authorizer: what nodes need, then every rule that the user holds. */
public final class RuleAuthorizer implements Authorizer {

  /** One answer to all who hold nothing, whether or not there is such a cluster. */
  private static final Decision NO_RULE = Decision.deny("no rule allows this");

  private final HeldRules held;
  private final NodeRules nodes;

  public RuleAuthorizer(HeldRules held, NodeRules nodes) {
    this.held = held;
    this.nodes = nodes;
  }

  @Override
  public Decision authorize(Attributes asked) {
    Optional<String> node = NodeRules.nodeOf(asked.user());
    if (node.isPresent() && nodes.allows(node.get(), asked)) {
      return Decision.allow("node " + node.get() + " needs it");
    }
    FirstThatAllows first = new FirstThatAllows(asked);
    held.visit(asked.user(), asked.cluster(), asked.namespace(), first);
    return first.found == null ? NO_RULE : first.found;
  }

  /** Ends the search at the first rule that allows. */
  private static final class FirstThatAllows implements HeldRules.Visitor {
    private final Attributes asked;
    private @Nullable Decision found;

    FirstThatAllows(Attributes asked) {
      this.asked = asked;
    }

    @Override
    public boolean visit(List<PolicyRule> rules, Supplier<String> reason) {
      for (PolicyRule rule : rules) {
        if (rule.allows(asked)) {
          found = Decision.allow(reason.get());
          return true;
        }
      }
      return false;
    }
  }
}
