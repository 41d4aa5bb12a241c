package dev.argosy.scheduler.topology;

import dev.argosy.model.node.NodeTerm;
import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.NodeTable;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.Resources;
import dev.argosy.scheduler.pod.Spread;
import dev.argosy.scheduler.pod.Toleration;
import dev.argosy.scheduler.pod.Usual;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pods of one crowd by domain, on those nodes only that count for a spread constraint. */
public final class SpreadCount {

  /**
   * Which nodes count.
   *
   * @param needed labels that a node must have
   * @param tolerations empty if taints make no difference
   */
  record Key(
      NodeSet nodes,
      String topologyKey,
      Set<String> needed,
      Map<String, String> nodeSelector,
      Optional<List<NodeTerm>> required,
      Optional<List<Toleration>> tolerations) {

    static Key of(NodeSet nodes, Demand demand, Spread spread, Set<String> needed) {
      boolean affinity = spread.honorAffinity();
      return new Key(
          nodes,
          spread.topologyKey(),
          needed,
          affinity ? demand.nodeSelector() : Map.of(),
          affinity ? demand.required() : Optional.empty(),
          spread.honorTaints() ? Optional.of(demand.tolerations()) : Optional.empty());
    }

    private boolean counts(NodeState node, Demand asked) {
      return node.node().labels().keySet().containsAll(needed)
          && asked.wants(node.node())
          && (tolerations.isEmpty() || tolerable(node.node().taints(), asked));
    }

    private static boolean tolerable(List<Taint> taints, Demand asked) {
      return taints.stream().allMatch(t -> t.prefers() || asked.tolerates(t));
    }

    private Demand asked() {
      return new Demand(
          Resources.NONE,
          Usual.NONE,
          nodeSelector,
          required,
          List.of(),
          tolerations.orElse(List.of()),
          List.of());
    }
  }

  private final long version;
  private final Domains domains;
  private final BitSet counted;
  private final int[] pods;
  private final boolean[] present;
  private final int size;

  private SpreadCount(long version, Domains domains, BitSet counted) {
    this.version = version;
    this.domains = domains;
    this.counted = counted;
    this.pods = new int[domains.size()];
    this.present = new boolean[domains.size()];
    counted.stream().forEach(slot -> present[domains.of(slot)] = true);
    int found = 0;
    for (boolean there : present) {
      found += there ? 1 : 0;
    }
    this.size = found;
  }

  static SpreadCount of(Key key, NodeTable nodes, Domains domains, Tally tally) {
    Demand asked = key.asked();
    BitSet counted = new BitSet();
    for (int i = 0; i < key.nodes().size(); i++) {
      int slot = key.nodes().slot(i);
      if (domains.of(slot) >= 0 && key.counts(nodes.at(slot), asked)) {
        counted.set(slot);
      }
    }
    SpreadCount count = new SpreadCount(nodes.version(), domains, counted);
    counted.stream().forEach(slot -> count.add(slot, tally.on(slot)));
    return count;
  }

  /** The table's version that it holds for. */
  long version() {
    return version;
  }

  void add(int slot, int amount) {
    int domain = domains.of(slot);
    if (counted.get(slot) && domain >= 0 && domain < pods.length) {
      pods[domain] += amount;
    }
  }

  public boolean counts(int slot) {
    return counted.get(slot);
  }

  /** Whether the node is in a domain at all. */
  public boolean has(int slot) {
    return domains.of(slot) >= 0;
  }

  /** The number of the node's domain; negative if it has none. */
  public int domain(int slot) {
    return domains.of(slot);
  }

  /** Pods in the node's domain. */
  public int at(int slot) {
    int domain = domains.of(slot);
    return domain < 0 || domain >= pods.length ? 0 : pods[domain];
  }

  /** Domains have smaller numbers than this. */
  public int domains() {
    return present.length;
  }

  /** Pods in the emptiest domain; none if there are fewer domains than that. */
  public int least(int minDomains) {
    if (size < minDomains || size == 0) {
      return 0;
    }
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < pods.length; i++) {
      if (present[i] && pods[i] < least) {
        least = pods[i];
      }
    }
    return least;
  }
}
