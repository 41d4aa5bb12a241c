package dev.argosy.controllers.csi;

import dev.argosy.controllers.node.NodeView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.node.PoolGrants;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The places between which drivers tell volumes apart: the labels of nodes by which a driver says
 * from where a volume is reached. Any thread.
 */
public final class Segments {

  private final Informer<CsiNode> csiNodes;
  private final Informer<NodeView> nodes;
  private final PoolGrants grants;

  public Segments(ControllerContext context) {
    this.csiNodes = context.informer(CsiNode.ALL);
    this.nodes = context.informer(NodeView.ALL);
    this.grants = new PoolGrants(context.informer(PoolGrants.SPEC));
  }

  /** That of a node; empty if nothing is known of it. */
  public Optional<Map<String, String>> of(String driver, String node) {
    Optional<NodeView> labelled = nodes.get(NodeView.key(node));
    Optional<CsiNode.Registered> registered =
        csiNodes.get(CsiNode.key(node)).flatMap(n -> n.driver(driver));
    if (labelled.isEmpty() || registered.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> segments = new TreeMap<>();
    Map<String, String> labels = labelled.get().object().meta().labels();
    registered.get().keys().stream()
        .filter(labels::containsKey)
        .forEach(key -> segments.put(key, labels.getOrDefault(key, "")));
    return segments.isEmpty() ? Optional.empty() : Optional.of(segments);
  }

  /** Those of the nodes that a cluster may use, each once; in the order of the nodes' names. */
  public Set<Map<String, String>> reached(String cluster, String driver) {
    return those(driver, node -> granted(cluster, node));
  }

  /** Those of all nodes. */
  public Set<Map<String, String>> all(String driver) {
    return those(driver, node -> true);
  }

  /** Whether the driver runs somewhere, and its volumes are reached from everywhere. */
  public boolean undivided(String driver) {
    var there = csiNodes.find(CsiNode.BY_DRIVER, driver);
    return !there.isEmpty()
        && there.stream()
            .flatMap(node -> node.driver(driver).stream())
            .allMatch(registered -> registered.keys().isEmpty());
  }

  private Set<Map<String, String>> those(String driver, Predicate<String> wanted) {
    Set<Map<String, String>> all = new LinkedHashSet<>();
    csiNodes.find(CsiNode.BY_DRIVER, driver).stream()
        .map(CsiNode::name)
        .sorted()
        .filter(wanted)
        .forEach(name -> of(driver, name).ifPresent(all::add));
    return all;
  }

  private boolean granted(String cluster, String name) {
    return nodes
        .get(NodeView.key(name))
        .map(node ->
            node.object()
                .meta()
                .labels()
                .getOrDefault(PoolGrants.POOL_LABEL, PoolGrants.DEFAULT_POOL))
        .filter(pool -> grants.allows(cluster, pool))
        .isPresent();
  }
}
