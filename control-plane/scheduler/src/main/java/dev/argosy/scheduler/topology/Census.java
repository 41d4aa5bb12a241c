package dev.argosy.scheduler.topology;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeTable;
import dev.argosy.scheduler.pod.AffinityTerm;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Selection;
import dev.argosy.scheduler.pod.Spread;
import dev.argosy.scheduler.volume.ClaimUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Counts the pods that are on nodes, for those who ask about pods of their cluster. */
public final class Census {

  private static final int MOST_TALLIES = 1024;

  private record Placed(PodView pod, int slot) {}

  private record Counted(Crowd crowd, Tally tally) {}

  private final NodeTable nodes;
  private final Places places;
  private final NamespaceLabels namespaces = new NamespaceLabels();
  private final Map<String, Map<String, Map<ObjectKey, Placed>>> pods = new HashMap<>();
  private final LinkedHashMap<Crowd, Counted> tallies = new LinkedHashMap<>(64, 0.75f, true);
  private final SelectionIndex<Counted> crowds = new SelectionIndex<>();
  private final ClaimUse claims = new ClaimUse();
  private Bearers bearers;

  public Census(NodeTable nodes) {
    this.nodes = nodes;
    this.places = new Places(nodes);
    this.bearers = new Bearers(places);
  }

  public NamespaceLabels namespaces() {
    return namespaces;
  }

  /** Which claims these pods use. */
  public ClaimUse claims() {
    return claims;
  }

  /** A pod is on a node from now on. */
  public void enter(PodView pod, int slot) {
    of(pod).put(pod.key(), new Placed(pod, slot));
    count(pod, slot, 1);
    bearers.enter(pod, slot);
    claims.enter(pod, slot);
  }

  /** It is no longer. */
  public void leave(PodView pod, int slot) {
    forget(pod.key());
    count(pod, slot, -1);
    bearers.leave(pod, slot);
    claims.leave(pod, slot);
  }

  private void forget(ObjectKey pod) {
    Map<String, Map<ObjectKey, Placed>> cluster = pods.getOrDefault(pod.cluster(), new HashMap<>());
    Map<ObjectKey, Placed> namespace = cluster.getOrDefault(pod.namespace(), new HashMap<>());
    namespace.remove(pod);
    if (namespace.isEmpty()) {
      cluster.remove(pod.namespace());
    }
    if (cluster.isEmpty()) {
      pods.remove(pod.cluster());
    }
  }

  private Map<ObjectKey, Placed> of(PodView pod) {
    return pods.computeIfAbsent(pod.key().cluster(), c -> new HashMap<>())
        .computeIfAbsent(pod.key().namespace(), n -> new HashMap<>());
  }

  private void count(PodView pod, int slot, int amount) {
    crowds.forEach(
        pod,
        counted -> {
          if (counted.crowd().counts(pod, namespaces::of)) {
            counted.tally().add(slot, amount);
          }
        });
  }

  /** A node, without pods at this moment, has these labels now. */
  public void node(int slot, Map<String, String> labels) {
    places.put(slot, labels);
    if (places.full()) {
      startOver();
    }
  }

  /**
   * Labels of a namespace have changed: what was counted by them is counted anew when asked for.
   */
  public void namespace(String cluster, String name, Map<String, String> labels) {
    if (namespaces.put(cluster, name, labels)) {
      for (Crowd crowd : List.copyOf(tallies.keySet())) {
        if (crowd.asksNamespacesOf(cluster)) {
          drop(crowd);
        }
      }
    }
  }

  private void drop(Crowd crowd) {
    Counted counted = tallies.remove(crowd);
    if (counted != null) {
      crowds.remove(crowd.first(), counted);
    }
  }

  private void startOver() {
    List.copyOf(tallies.keySet()).forEach(this::drop);
    places.forget();
    bearers = new Bearers(places);
    pods.values()
        .forEach(byNamespace ->
            byNamespace
                .values()
                .forEach(all ->
                    all.values().forEach(placed -> bearers.enter(placed.pod(), placed.slot()))));
  }

  /** Where the pods of a crowd are; kept up to date for as long as the call's caller needs it. */
  public Tally tally(Crowd crowd) {
    Counted present = tallies.get(crowd);
    if (present != null) {
      return present.tally();
    }
    Tally tally = new Tally(places);
    for (Placed placed : candidates(crowd.first())) {
      if (crowd.counts(placed.pod(), namespaces::of)) {
        tally.add(placed.slot(), 1);
      }
    }
    if (tallies.size() >= MOST_TALLIES) {
      drop(tallies.keySet().iterator().next());
    }
    Counted counted = new Counted(crowd, tally);
    tallies.put(crowd, counted);
    crowds.add(crowd.first(), counted);
    return tally;
  }

  private List<Placed> candidates(Selection selection) {
    Map<String, Map<ObjectKey, Placed>> cluster = pods.getOrDefault(selection.cluster(), Map.of());
    Set<String> asked =
        selection.byLabels().matchesNothing() ? selection.namespaces() : cluster.keySet();
    List<Placed> all = new ArrayList<>();
    for (String namespace : asked) {
      all.addAll(cluster.getOrDefault(namespace, Map.of()).values());
    }
    return all;
  }

  /** The pods that a spread constraint of a pod is about, on the nodes that count for it. */
  public SpreadCount spread(NodeSet among, PodView pod, Spread spread, Set<String> needed) {
    Tally tally = tally(new Crowd(List.of(spread.pods()), false));
    return tally.by(SpreadCount.Key.of(among, pod.demand(), spread, needed), nodes);
  }

  /** Whether a selection means a pod. */
  public boolean means(Selection selection, PodView pod) {
    return selection.means(pod, namespaces::of);
  }

  /** Calls with the counts of placed pods that must be far from this one. */
  public List<DomainCount> far(PodView pod) {
    List<DomainCount> all = new ArrayList<>(0);
    bearers.forEachFar(
        pod,
        borne -> {
          if (means(borne.term.pods(), pod)) {
            all.add(borne.weights);
          }
        });
    return all;
  }

  /** Calls with other terms of placed pods that mean this one, and the sum of their weights. */
  public void others(PodView pod, BiConsumer<AffinityTerm, DomainCount> action) {
    bearers.forEachOther(
        pod,
        borne -> {
          if (means(borne.term.pods(), pod)) {
            action.accept(borne.term, borne.weights);
          }
        });
  }
}
