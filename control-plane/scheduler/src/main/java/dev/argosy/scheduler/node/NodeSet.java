package dev.argosy.scheduler.node;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Nodes that a pod may use, by their slots: one of each zone in turn, so that any stretch of them
 * is spread over the zones. Immutable; equal to itself only.
 */
public final class NodeSet {

  private static final String ZONE = "topology.kubernetes.io/zone";

  private final int[] slots;
  private final BitSet members;

  private NodeSet(int[] slots) {
    this.slots = slots;
    this.members = new BitSet();
    for (int slot : slots) {
      members.set(slot);
    }
  }

  static NodeSet of(List<NodeState> nodes) {
    Map<String, List<NodeState>> zones = new TreeMap<>();
    for (NodeState node : nodes) {
      String zone = node.node().labels().getOrDefault(ZONE, "");
      zones.computeIfAbsent(zone, z -> new ArrayList<>()).add(node);
    }
    int[] slots = new int[nodes.size()];
    int filled = 0;
    for (int turn = 0; filled < slots.length; turn++) {
      for (List<NodeState> zone : zones.values()) {
        if (turn < zone.size()) {
          slots[filled++] = zone.get(turn).slot();
        }
      }
    }
    return new NodeSet(slots);
  }

  public int size() {
    return slots.length;
  }

  /** The slot of one of them. */
  public int slot(int index) {
    return slots[index];
  }

  public boolean contains(int slot) {
    return members.get(slot);
  }
}
