package dev.argosy.server.testing;

import dev.argosy.server.access.ClusterDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logical clusters in a map; root is always there. */
public final class FakeClusters implements ClusterDirectory {

  private final Map<String, LogicalCluster> clusters = new ConcurrentHashMap<>();
  private final Map<String, List<PodBound>> bounds = new ConcurrentHashMap<>();

  public FakeClusters() {
    put(ROOT, Phase.ACTIVE, Set.of());
  }

  public void put(String name, Phase phase, Set<String> pools) {
    clusters.put(name, new LogicalCluster(name, "uid-of-" + name, phase, pools));
  }

  @Override
  public Optional<LogicalCluster> find(String name) {
    return Optional.ofNullable(clusters.get(name));
  }

  /** Bounds what the pods of a cluster may do. */
  public void bound(String name, PodBound... all) {
    bounds.put(name, List.of(all));
  }

  @Override
  public List<PodBound> podBounds(String name) {
    return bounds.getOrDefault(name, List.of());
  }
}
