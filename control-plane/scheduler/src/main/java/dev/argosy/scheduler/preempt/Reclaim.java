package dev.argosy.scheduler.preempt;

import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.share.Shares;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the node where a pod can run if others give back there what they have beyond their
 * guarantees. Only for a pod that its own tenant's guarantee covers; that is for the caller to
 * know. Pods that end anyway count as gone. One thread.
 */
public final class Reclaim {

  /**
   * What a node would cost.
   *
   * @param told how many pods must be told to end
   * @param least what the one of their tenants has borrowed that has borrowed least
   */
  private record Offer(Victims victims, int told, double least) {

    /** Of whom most has been borrowed, and of those who is least important to their tenant. */
    static final Comparator<Offer> BEST =
        Comparator.<Offer>comparingInt(o -> o.victims().violations())
            .thenComparingInt(o -> Math.min(o.told(), 1))
            .thenComparingDouble(o -> -o.least())
            .thenComparing(Offer::victims, Victims.BEST);
  }

  private final Shares shares;
  private final Budgets budgets;
  private final Comparator<PodView> largest;
  private int start;

  public Reclaim(Shares shares, Budgets budgets) {
    this.shares = shares;
    this.budgets = budgets;
    this.largest =
        Comparator.<PodView>comparingDouble(p -> -shares.part(p)).thenComparing(PodView::key);
  }

  /**
   * Who is to go for the pod.
   *
   * @param among the nodes that the pod may use
   * @param crowded those of them where it may fit if others go
   */
  public Optional<Victims> plan(
      PodView pod, NodeSet among, BitSet crowded, Preemption.Nodes nodes) {
    return found(pod, among, crowded, nodes).stream().min(Offer.BEST).map(Offer::victims);
  }

  /** The same, but all that were found, the best first. */
  public List<Victims> plans(PodView pod, NodeSet among, BitSet crowded, Preemption.Nodes nodes) {
    return found(pod, among, crowded, nodes).stream()
        .sorted(Offer.BEST)
        .map(Offer::victims)
        .toList();
  }

  private List<Offer> found(PodView pod, NodeSet among, BitSet crowded, Preemption.Nodes nodes) {
    int enough = Preemption.enough(among.size());
    Map<String, Double> lent = new HashMap<>();
    List<Offer> found = new ArrayList<>();
    boolean harmless = false;
    int first = start++;
    for (int i = 0; i < among.size() && !(harmless && found.size() >= enough); i++) {
      int slot = among.slot(Math.floorMod(first + i, among.size()));
      if (crowded.get(slot)) {
        Optional<Offer> offer = on(nodes.at(slot), pod, nodes, lent);
        offer.ifPresent(found::add);
        harmless |= offer.filter(o -> o.victims().violations() == 0).isPresent();
      }
    }
    return found;
  }

  /** First at the least harm; if that is not enough, with the largest pods first. */
  private Optional<Offer> on(
      NodeState node, PodView pod, Preemption.Nodes nodes, Map<String, Double> lent) {
    List<PodView> ending = new ArrayList<>();
    List<PodView> borrowed = new ArrayList<>();
    for (PodView other : nodes.podsOn(node)) {
      String cluster = other.key().cluster();
      if (shares.leaves(other)) {
        ending.add(other);
      } else if (!cluster.equals(pod.key().cluster())
          && lent.computeIfAbsent(cluster, shares::borrowed) > 0) {
        borrowed.add(other);
      }
    }
    if (ending.isEmpty() && borrowed.isEmpty()) {
      return Optional.empty();
    }
    return victims(node, ending, borrowed, Victims.MOST_IMPORTANT.reversed(), nodes)
        .or(() -> victims(node, ending, borrowed, largest, nodes))
        .map(victims -> offer(victims, lent));
  }

  private Optional<Victims> victims(
      NodeState node,
      List<PodView> ending,
      List<PodView> borrowed,
      Comparator<PodView> firstToGo,
      Preemption.Nodes nodes) {
    Borrowers borrowers = new Borrowers(shares.loans(), firstToGo);
    borrowed.forEach(borrowers::add);
    List<PodView> told = borrowers.givingBack();
    List<PodView> going = new ArrayList<>(ending);
    going.addAll(told);
    try (Trial trial = nodes.trial(node)) {
      return Victims.among(node.node().name(), going.reversed(), budgets.violating(told), trial);
    }
  }

  private Offer offer(Victims victims, Map<String, Double> lent) {
    List<PodView> told = victims.pods().stream().filter(p -> !shares.leaves(p)).toList();
    double least =
        told.stream().mapToDouble(p -> lent.getOrDefault(p.key().cluster(), 0.0)).min().orElse(0);
    return new Offer(victims, told.size(), least);
  }
}
