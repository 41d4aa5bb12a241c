package dev.argosy.scheduler.topology;

import java.util.HashMap;
import java.util.Map;

/** The labels of the namespaces of all clusters. */
public final class NamespaceLabels {

  private final Map<String, Map<String, Map<String, String>>> byCluster = new HashMap<>();

  /** Empty labels for a namespace that is not known. */
  public Map<String, String> of(String cluster, String namespace) {
    return byCluster.getOrDefault(cluster, Map.of()).getOrDefault(namespace, Map.of());
  }

  /** Answers whether that changes anything. Without labels nothing is kept of a namespace. */
  boolean put(String cluster, String namespace, Map<String, String> labels) {
    if (labels.equals(of(cluster, namespace))) {
      return false;
    }
    Map<String, Map<String, String>> all = byCluster.computeIfAbsent(cluster, c -> new HashMap<>());
    if (!labels.isEmpty()) {
      all.put(namespace, labels);
      return true;
    }
    all.remove(namespace);
    if (all.isEmpty()) {
      byCluster.remove(cluster);
    }
    return true;
  }
}
