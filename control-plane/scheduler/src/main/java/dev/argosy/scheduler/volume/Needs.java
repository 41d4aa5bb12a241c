package dev.argosy.scheduler.volume;

import dev.argosy.model.node.NodeTerm;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.scheduler.node.NodeView;
import java.util.List;
import java.util.Optional;

/**
 * What a pod's volumes ask of its node.
 *
 * @param problem why no node will do; empty if some may
 * @param places all of these must allow the node
 * @param rooms each of these must have room for a volume near the node
 * @param alone claims that no other pod may use at the same time
 * @param attaching volumes of which a node may take only so many, if there are any
 */
public record Needs(
    String problem,
    List<Place> places,
    List<Room> rooms,
    List<ObjectKey> alone,
    Optional<Attaching> attaching) {

  /** Of a pod without claims. */
  public static final Needs NONE = new Needs("", List.of(), List.of(), List.of(), Optional.empty());

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

  /**
   * Where a volume can still be made.
   *
   * @param size that it is to have
   * @param known what its driver says of its room
   */
  public record Room(Quantity size, List<RoomView> known) {
    public Room {
      known = List.copyOf(known);
    }

    public boolean allows(NodeView node) {
      return known.stream().anyMatch(room -> room.takes(size, node));
    }
  }

  public Needs {
    places = List.copyOf(places);
    rooms = List.copyOf(rooms);
    alone = List.copyOf(alone);
  }

  static Needs problem(String problem) {
    return new Needs(problem, List.of(), List.of(), List.of(), Optional.empty());
  }
}
