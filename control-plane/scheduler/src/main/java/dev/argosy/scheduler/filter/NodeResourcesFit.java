package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.Resources;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether what is left of the node is enough; names all that is short. */
final class NodeResourcesFit implements Filter {

  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    return fits(demand.requests(), node) ? Verdict.FITS : new Shortage(node).of(demand.requests());
  }

  private static boolean fits(Resources wanted, NodeState node) {
    Resources has = node.node().allocatable();
    Resources used = node.used();
    if (node.pods() >= node.node().maxPods()
        || isShort(wanted.milliCpu(), has.milliCpu(), used.milliCpu())
        || isShort(wanted.memory(), has.memory(), used.memory())
        || isShort(wanted.storage(), has.storage(), used.storage())) {
      return false;
    }
    if (wanted.other().isEmpty()) {
      return true;
    }
    for (Map.Entry<String, Long> entry : wanted.other().entrySet()) {
      String name = entry.getKey();
      long there = has.other().getOrDefault(name, 0L);
      if (isShort(entry.getValue(), there, used.other().getOrDefault(name, 0L))) {
        return false;
      }
    }
    return true;
  }

  /** What is not asked for cannot be short, even on a node that is over its capacity. */
  private static boolean isShort(long wanted, long has, long used) {
    return wanted > 0 && wanted > has - used;
  }

  @Override
  public List<Lack> lacks(Demand demand, NodeState node) {
    List<Lack> lacks = new ArrayList<>();
    if (node.pods() >= node.node().maxPods()) {
      lacks.add(new Lack.Amount(name(), "pods", 1, node.pods() + 1L - node.node().maxPods()));
    }
    Resources wanted = demand.requests();
    Resources has = node.node().allocatable();
    Resources used = node.used();
    lack("cpu", wanted.milliCpu(), has.milliCpu() - used.milliCpu(), lacks);
    lack("memory", wanted.memory(), has.memory() - used.memory(), lacks);
    lack("ephemeral-storage", wanted.storage(), has.storage() - used.storage(), lacks);
    if (!wanted.other().isEmpty()) {
      new TreeMap<>(wanted.other())
          .forEach((name, amount) -> {
            long there = has.other().getOrDefault(name, 0L);
            lack(name, amount, there - used.other().getOrDefault(name, 0L), lacks);
          });
    }
    return lacks;
  }

  private void lack(String resource, long wanted, long left, List<Lack> lacks) {
    if (wanted > 0 && wanted > left) {
      lacks.add(new Lack.Amount(name(), resource, wanted, wanted - left));
    }
  }

  /** Names what is short. */
  private static final class Shortage {
    private final NodeState node;
    private final List<String> reasons = new ArrayList<>();
    private boolean anyway;

    Shortage(NodeState node) {
      this.node = node;
    }

    Verdict of(Resources wanted) {
      Resources has = node.node().allocatable();
      Resources used = node.used();
      if (node.pods() >= node.node().maxPods()) {
        reasons.add("Too many pods");
        anyway = node.node().maxPods() < 1;
      }
      add("cpu", wanted.milliCpu(), has.milliCpu(), used.milliCpu());
      add("memory", wanted.memory(), has.memory(), used.memory());
      add("ephemeral-storage", wanted.storage(), has.storage(), used.storage());
      wanted
          .other()
          .forEach((name, amount) ->
              add(
                  name,
                  amount,
                  has.other().getOrDefault(name, 0L),
                  used.other().getOrDefault(name, 0L)));
      return new Verdict.Rejected(reasons, anyway);
    }

    private void add(String name, long wanted, long has, long used) {
      if (isShort(wanted, has, used)) {
        reasons.add("Insufficient " + name);
        anyway |= wanted > has;
      }
    }
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(
        ClusterChange.NODE_ADDED,
        ClusterChange.NODE_CAPACITY,
        ClusterChange.POD_GONE,
        ClusterChange.POD_RESIZED,
        ClusterChange.POOLS);
  }
}
