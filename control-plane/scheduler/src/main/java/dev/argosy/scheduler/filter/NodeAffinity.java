package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Node selector and required node affinity. */
final class NodeAffinity implements Filter {

  static final Verdict.Rejected REJECTED =
      Verdict.never("node(s) didn't match Pod's node affinity/selector");

  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    return demand.wants(node.node()) ? Verdict.FITS : REJECTED;
  }

  @Override
  public List<Lack> lacks(Demand demand, NodeState node) {
    List<Lack> lacks = new ArrayList<>();
    for (Map.Entry<String, String> label : new TreeMap<>(demand.nodeSelector()).entrySet()) {
      if (!label.getValue().equals(node.node().labels().get(label.getKey()))) {
        lacks.add(new Lack.Label(name(), label.getKey(), label.getValue()));
      }
    }
    if (!demand.allowedByAffinity(node.node())) {
      lacks.add(new Lack.Other(name(), "labels that the required node affinity wants"));
    }
    return lacks;
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS, ClusterChange.POOLS);
  }
}
