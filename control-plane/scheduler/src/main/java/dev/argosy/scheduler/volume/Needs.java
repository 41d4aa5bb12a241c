package dev.argosy.scheduler.volume;

import dev.argosy.model.node.NodeTerm;
import dev.argosy.scheduler.node.NodeView;
import java.util.List;

/**
 * What a pod's volumes ask of its node.
 *
 * @param problem why no node will do; empty if some may
 * @param places all of these must allow the node
 */
public record Needs(String problem, List<Place> places) {

  /** Of a pod without claims. */
  public static final Needs NONE = new Needs("", List.of());

  /**
   * Where one volume can be used.
   *
   * @param chosen whether the volume is there already, or its node is
   * @param terms one of them must match
   */
  public record Place(boolean chosen, List<NodeTerm> terms) {
    public Place {
      terms = List.copyOf(terms);
    }

    public boolean allows(NodeView node) {
      return terms.stream().anyMatch(t -> t.matches(node.name(), node.labels()));
    }
  }

  public Needs {
    places = List.copyOf(places);
  }

  static Needs problem(String problem) {
    return new Needs(problem, List.of());
  }
}
