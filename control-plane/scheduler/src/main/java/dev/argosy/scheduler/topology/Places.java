package dev.argosy.scheduler.topology;

import dev.argosy.scheduler.node.NodeTable;
import java.util.HashMap;
import java.util.Map;

/** Which node is in which domain, for every topology key that was ever asked for. */
final class Places {

  private final NodeTable nodes;
  private final Map<String, Domains> byKey = new HashMap<>();

  Places(NodeTable nodes) {
    this.nodes = nodes;
  }

  Domains domains(String key) {
    Domains present = byKey.get(key);
    if (present == null) {
      present = new Domains(key);
      for (int slot : nodes.slots()) {
        present.put(slot, nodes.at(slot).node().labels());
      }
      byKey.put(key, present);
    }
    return present;
  }

  /** A node has these labels now. */
  void put(int slot, Map<String, String> labels) {
    byKey.values().forEach(domains -> domains.put(slot, labels));
  }

  /** Whether far more domains are numbered than there can be. */
  boolean full() {
    int most = 2 * nodes.capacity() + 1024;
    return byKey.values().stream().anyMatch(domains -> domains.size() > most);
  }

  void forget() {
    byKey.clear();
  }
}
