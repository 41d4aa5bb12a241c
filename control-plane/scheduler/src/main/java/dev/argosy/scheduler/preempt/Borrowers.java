package dev.argosy.scheduler.preempt;

import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.share.Loans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Pods on one node whose tenants have borrowed, and the order in which they give back. */
final class Borrowers {

  /** A tenant in the queue, with what it had borrowed when it was put there. */
  private record Turn(String cluster, double borrowed) implements Comparable<Turn> {
    private static final Comparator<Turn> ORDER =
        Comparator.comparingDouble(Turn::borrowed).reversed().thenComparing(Turn::cluster);

    @Override
    public int compareTo(Turn other) {
      return ORDER.compare(this, other);
    }
  }

  private final Loans loans;
  private final Comparator<PodView> firstToGo;
  private final Map<String, PriorityQueue<PodView>> pods = new HashMap<>();

  /**
   * None yet.
   *
   * @param firstToGo the order within a tenant
   */
  Borrowers(Loans loans, Comparator<PodView> firstToGo) {
    this.loans = loans;
    this.firstToGo = firstToGo;
  }

  void add(PodView pod) {
    pods.computeIfAbsent(pod.key().cluster(), c -> new PriorityQueue<>(firstToGo)).add(pod);
  }

  /**
   * All that may go, one after the other: of who has borrowed most, as long as that is so; each
   * only if its tenant has all that is guaranteed to it without.
   */
  List<PodView> givingBack() {
    List<PodView> going = new ArrayList<>();
    PriorityQueue<Turn> turns = new PriorityQueue<>();
    pods.keySet().forEach(cluster -> turns.add(new Turn(cluster, loans.of(cluster))));
    for (Turn turn = turns.poll(); turn != null; turn = turns.poll()) {
      PriorityQueue<PodView> own = pods.getOrDefault(turn.cluster(), new PriorityQueue<>());
      PodView least = own.poll();
      if (least != null) {
        if (loans.canLose(least)) {
          loans.lose(least);
          going.add(least);
        }
        turns.add(new Turn(turn.cluster(), loans.of(turn.cluster())));
      }
    }
    return going;
  }
}
