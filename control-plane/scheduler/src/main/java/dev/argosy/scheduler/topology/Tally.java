package dev.argosy.scheduler.topology;

import dev.argosy.scheduler.node.NodeTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many pods of one crowd are on each node, and in each domain that was ever asked for. */
public final class Tally {

  private static final int MOST_SPREADS = 32;

  private final Places places;
  private final Map<String, DomainCount> byKey = new HashMap<>();
  private final Map<SpreadCount.Key, SpreadCount> spreads = new LinkedHashMap<>();
  private int[] bySlot = new int[0];

  Tally(Places places) {
    this.places = places;
  }

  void add(int slot, int amount) {
    if (slot >= bySlot.length) {
      bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, bySlot.length * 2));
    }
    bySlot[slot] += amount;
    byKey.values().forEach(count -> count.add(slot, amount));
    spreads.values().forEach(count -> count.add(slot, amount));
  }

  /** Pods of the crowd on the node. */
  public int on(int slot) {
    return slot < bySlot.length ? bySlot[slot] : 0;
  }

  /** Pods of the crowd by the domains of a topology key. */
  public DomainCount by(String key) {
    DomainCount present = byKey.get(key);
    if (present == null) {
      present = new DomainCount(places.domains(key));
      for (int slot = 0; slot < bySlot.length; slot++) {
        if (bySlot[slot] != 0) {
          present.add(slot, bySlot[slot]);
        }
      }
      byKey.put(key, present);
    }
    return present;
  }

  /** The same, of some nodes only. */
  SpreadCount by(SpreadCount.Key key, NodeTable nodes) {
    SpreadCount present = spreads.get(key);
    if (present == null || present.version() != nodes.version()) {
      if (spreads.size() >= MOST_SPREADS) {
        spreads.clear();
      }
      present = SpreadCount.of(key, nodes, places.domains(key.topologyKey()), this);
      spreads.put(key, present);
    }
    return present;
  }
}
