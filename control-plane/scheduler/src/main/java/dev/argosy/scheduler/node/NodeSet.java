package dev.argosy.scheduler.node;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Nodes that a pod may use, by their slots: first those that are to be filled one after another,
 * then the others; of each kind one of each zone in turn, so that any stretch of them is spread
 * over the zones. Immutable; equal to itself only.
 */
public final class NodeSet {

  private static final String ZONE = "topology.kubernetes.io/zone";

  private final int[] slots;
  private final int packed;
  private final BitSet members;

  private NodeSet(int[] slots, int packed) {
    this.slots = slots;
    this.packed = packed;
    this.members = new BitSet();
    for (int slot : slots) {
      members.set(slot);
    }
  }

  static NodeSet of(List<NodeState> nodes) {
    int[] slots = new int[nodes.size()];
    List<NodeState> packed = nodes.stream().filter(n -> n.node().packs()).toList();
    put(packed, slots, 0);
    List<NodeState> others =
        packed.isEmpty() ? nodes : nodes.stream().filter(n -> !n.node().packs()).toList();
    put(others, slots, packed.size());
    return new NodeSet(slots, packed.size());
  }

  private static void put(List<NodeState> nodes, int[] slots, int from) {
    Map<String, List<NodeState>> zones = new TreeMap<>();
    for (NodeState node : nodes) {
      String zone = node.node().labels().getOrDefault(ZONE, "");
      zones.computeIfAbsent(zone, z -> new ArrayList<>()).add(node);
    }
    int filled = from;
    for (int turn = 0; filled < from + nodes.size(); turn++) {
      for (List<NodeState> zone : zones.values()) {
        if (turn < zone.size()) {
          slots[filled++] = zone.get(turn).slot();
        }
      }
    }
  }

  public int size() {
    return slots.length;
  }

  /** How many of them, the first ones, are to be filled one after another. */
  public int packed() {
    return packed;
  }

  /** The slot of one of them. */
  public int slot(int index) {
    return slots[index];
  }

  /** How many of these slots are of its nodes. */
  public int count(BitSet slots) {
    if (slots.isEmpty()) {
      return 0;
    }
    BitSet common = (BitSet) slots.clone();
    common.and(members);
    return common.cardinality();
  }

  public boolean contains(int slot) {
    return members.get(slot);
  }
}
