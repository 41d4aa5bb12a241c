package dev.argosy.scheduler.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All nodes as they are now, each in a slot of its own. One thread. */
public final class NodeTable {

  /** How many changes can be looked up; a power of two. */
  private static final int REMEMBERED = 4096;

  private final Map<String, Integer> slots = new TreeMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final Map<Set<String>, NodeSet> sets = new HashMap<>();
  private final ImageIndex images = new ImageIndex();
  private final int[] changed = new int[REMEMBERED];
  private NodeState[] bySlot = new NodeState[0];
  private int next;
  private long version;
  private long changes;

  /** Counts changes of which nodes there are, and of their labels and taints. */
  public long version() {
    return version;
  }

  /** Counts all changes of nodes, and of what is taken of them. */
  public long changes() {
    return changes;
  }

  /** Whether {@link #changed} can tell of all changes from this number on. */
  public boolean remembers(long change) {
    return changes - change <= REMEMBERED;
  }

  /**
   * The slot that a change was about.
   *
   * @param change how many {@link #changes} there were before it
   */
  public int changed(long change) {
    return changed[(int) (change & (REMEMBERED - 1))];
  }

  private void changed(int slot) {
    changed[(int) (changes++ & (REMEMBERED - 1))] = slot;
  }

  /** The slots of nodes that have an image of this name; not to be changed. */
  public BitSet having(String image) {
    return images.slots(image);
  }

  /** One more than the greatest slot. */
  public int capacity() {
    return next;
  }

  public NodeState at(int slot) {
    return bySlot[slot];
  }

  public Optional<NodeState> find(String name) {
    return Optional.ofNullable(slots.get(name)).map(slot -> bySlot[slot]);
  }

  /** In the order of their names. */
  public Collection<Integer> slots() {
    return slots.values();
  }

  /** A new node, without pods. */
  public NodeState add(NodeView view) {
    int slot = free.isEmpty() ? next++ : free.pop();
    if (slot >= bySlot.length) {
      int before = bySlot.length;
      bySlot = Arrays.copyOf(bySlot, Math.max(64, before * 2));
      Arrays.fill(bySlot, before, bySlot.length, NodeState.NONE);
    }
    NodeState state = NodeState.empty(slot, view);
    bySlot[slot] = state;
    slots.put(view.name(), slot);
    images.put(slot, Map.of(), view.images());
    changed(slot);
    regroup();
    return state;
  }

  /** The state of a node that there is. */
  public void set(NodeState state) {
    NodeView old = bySlot[state.slot()].node();
    NodeView now = state.node();
    bySlot[state.slot()] = state;
    changed(state.slot());
    if (old == now) {
      return;
    }
    images.put(state.slot(), old.images(), now.images());
    if (!old.labels().equals(now.labels())) {
      regroup();
    } else if (!old.taints().equals(now.taints())) {
      version++;
    }
  }

  public void remove(String name) {
    Integer slot = slots.remove(name);
    if (slot != null) {
      images.put(slot, bySlot[slot].node().images(), Map.of());
      bySlot[slot] = NodeState.NONE;
      changed(slot);
      free.push(slot);
      regroup();
    }
  }

  private void regroup() {
    sets.clear();
    version++;
  }

  /** The nodes of these pools; the same object as long as nothing about that changes. */
  public NodeSet of(Set<String> pools) {
    NodeSet present = sets.get(pools);
    if (present == null) {
      List<NodeState> nodes = new ArrayList<>();
      for (int slot : slots.values()) {
        if (pools.contains(bySlot[slot].node().pool())) {
          nodes.add(bySlot[slot]);
        }
      }
      present = NodeSet.of(nodes);
      sets.put(Set.copyOf(pools), present);
    }
    return present;
  }

  /** The pools that nodes are in. */
  public Set<String> pools() {
    Set<String> pools = new HashSet<>();
    for (int slot : slots.values()) {
      pools.add(bySlot[slot].node().pool());
    }
    return pools;
  }
}
