package dev.argosy.scheduler.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Which nodes a cluster may use, remembered until nodes or grants change. One thread. */
public final class Reach {

  private final NodeTable nodes;
  private final BiPredicate<String, String> allows;
  private final Map<String, Set<String>> pools = new HashMap<>();
  private long version = -1;

  /**
   * @param allows whether a cluster may use a pool
   */
  public Reach(NodeTable nodes, BiPredicate<String, String> allows) {
    this.nodes = nodes;
    this.allows = allows;
  }

  /** Grants have changed. */
  public void forget() {
    pools.clear();
  }

  public NodeSet of(String cluster) {
    if (version != nodes.version()) {
      version = nodes.version();
      pools.clear();
    }
    return nodes.of(pools.computeIfAbsent(cluster, this::allowed));
  }

  private Set<String> allowed(String cluster) {
    return nodes.pools().stream()
        .filter(pool -> allows.test(cluster, pool))
        .collect(Collectors.toUnmodifiableSet());
  }
}
