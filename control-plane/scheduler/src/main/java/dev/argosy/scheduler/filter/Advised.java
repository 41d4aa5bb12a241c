package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What extenders said of nodes. What would change their mind is not known here: any change may. */
final class Advised implements WideFilter {

  static final String NAME = "Extender";

  private static final Verdict NOT_ASKED =
      Verdict.never("node(s) that the scheduler's extenders were not asked about");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Check> prepare(Attempt attempt) {
    return attempt
        .advice()
        .map(advice -> {
          Map<String, Verdict> verdicts = new HashMap<>();
          return node -> check(advice, node, verdicts);
        });
  }

  private static Verdict check(Advice advice, NodeState node, Map<String, Verdict> verdicts) {
    if (advice.marks().containsKey(node.node().name())) {
      return Verdict.FITS;
    }
    String why = advice.refused().getOrDefault(node.node().name(), "");
    if (why.isEmpty()) {
      return advice.others() ? Verdict.FITS : NOT_ASKED;
    }
    return verdicts.computeIfAbsent(why, Verdict::never);
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.allOf(ClusterChange.class);
  }
}
