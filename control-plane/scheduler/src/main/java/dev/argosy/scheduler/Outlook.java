package dev.argosy.scheduler;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.NodeTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How nodes look to pods that see the same room kept for others. Each node is looked at again when
 * it is no longer the same, or somebody else is to come there. One thread.
 */
final class Outlook {

  private final UnaryOperator<NodeState> look;
  private final Set<String> changed = new HashSet<>();
  private NodeState[] nodes = new NodeState[0];
  private NodeState[] seen = new NodeState[0];

  Outlook(UnaryOperator<NodeState> look) {
    this.look = look;
  }

  /** Others are to come to that node than before. */
  void changed(String node) {
    changed.add(node);
  }

  /** Takes in what changed; to be called before it is asked. */
  void refresh(NodeTable table) {
    if (changed.isEmpty()) {
      return;
    }
    for (String name : changed) {
      table
          .find(name)
          .map(NodeState::slot)
          .filter(slot -> slot < nodes.length)
          .ifPresent(slot -> {
            nodes[slot] = NodeState.NONE;
          });
    }
    changed.clear();
  }

  NodeState of(NodeState node) {
    int slot = node.slot();
    if (slot >= nodes.length) {
      int before = nodes.length;
      nodes = Arrays.copyOf(nodes, Math.max(slot + 1, Math.max(64, before * 2)));
      Arrays.fill(nodes, before, nodes.length, NodeState.NONE);
      seen = Arrays.copyOf(seen, nodes.length);
    }
    if (nodes[slot] != node) {
      seen[slot] = look.apply(node);
      nodes[slot] = node;
    }
    return seen[slot];
  }
}
