package dev.argosy.scheduler.profile;

import dev.argosy.model.node.NodeRequirement;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.scheduler.pod.Demand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Node affinity that every pod of a profile has besides its own ({@code addedAffinity}).
 *
 * @param required one of these must match; empty if none is asked for
 */
record AddedAffinity(Optional<List<NodeTerm>> required, List<Demand.Preference> preferred) {

  static final AddedAffinity NONE = new AddedAffinity(Optional.empty(), List.of());

  AddedAffinity {
    required = required.map(List::copyOf);
    preferred = List.copyOf(preferred);
  }

  boolean isEmpty() {
    return required.isEmpty() && preferred.isEmpty();
  }

  Demand to(Demand demand) {
    List<Demand.Preference> both = new ArrayList<>(demand.preferred());
    both.addAll(preferred);
    Optional<List<NodeTerm>> all =
        demand.required().isEmpty()
            ? required
            : required.isEmpty()
                ? demand.required()
                : Optional.of(each(demand.required().get(), required.get()));
    return new Demand(
        demand.requests(),
        demand.usual(),
        demand.nodeSelector(),
        all,
        both,
        demand.tolerations(),
        demand.hostPorts());
  }

  /** One of the ones and one of the others is one of all pairs. */
  private static List<NodeTerm> each(List<NodeTerm> some, List<NodeTerm> others) {
    List<NodeTerm> pairs = new ArrayList<>();
    for (NodeTerm one : some) {
      for (NodeTerm other : others) {
        if (!isEmpty(one) && !isEmpty(other)) {
          pairs.add(
              new NodeTerm(both(one.labels(), other.labels()), both(one.fields(), other.fields())));
        }
      }
    }
    return pairs;
  }

  /** Such a term matches no node. */
  private static boolean isEmpty(NodeTerm term) {
    return term.labels().isEmpty() && term.fields().isEmpty();
  }

  private static List<NodeRequirement> both(List<NodeRequirement> a, List<NodeRequirement> b) {
    List<NodeRequirement> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
