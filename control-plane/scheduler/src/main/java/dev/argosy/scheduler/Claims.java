package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Budgets;
import dev.argosy.scheduler.preempt.Reclaim;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.share.Loans;
import dev.argosy.scheduler.share.Shares;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What pods may claim back that others have borrowed, and who could claim nothing. One thread. */
final class Claims {

  /** Pods for which the same is found, if nothing but nodes decides. */
  private record Kind(String cluster, String scheduler, Demand demand) {}

  /** What was found holds as long as this is the same. */
  private record Moment(long nodes, long nominations, long guarantees) {}

  private final Shares shares;
  private final Nominations nominations;
  private final Reclaim reclaim;
  private final Set<ObjectKey> denied = new LinkedHashSet<>();
  private final Set<Kind> inVain = new HashSet<>();
  private Moment since = new Moment(-1, -1, -1);

  Claims(Shares shares, Nominations nominations, Budgets budgets) {
    this.shares = shares;
    this.nominations = nominations;
    this.reclaim = new Reclaim(shares, budgets);
  }

  /** The pods that are to go for this one, if its tenant's guarantee covers it. */
  Optional<Victims> plan(Attempt attempt, Placement.Nowhere nowhere, Rehearsal rehearsal) {
    PodView pod = attempt.pod();
    if (!shares.guaranteed(pod, List.of()) || !shares.guaranteed(pod, nominations.besides(pod))) {
      return Optional.empty();
    }
    Moment now = new Moment(attempt.nodes().changes(), nominations.changes(), shares.epoch());
    if (!now.equals(since)) {
      since = now;
      inVain.clear();
    }
    Kind kind = new Kind(pod.key().cluster(), pod.state().scheduler(), pod.demand());
    Optional<Victims> victims =
        rehearsal.local() && inVain.contains(kind)
            ? Optional.empty()
            : reclaim.plan(pod, attempt.among(), nowhere.crowded(), rehearsal);
    if (victims.isEmpty()) {
      denied.add(pod.key());
      inVain.add(kind);
    }
    return victims;
  }

  /** All that may be claimed for it, the best first: one choice for each node. */
  List<Victims> plans(Attempt attempt, Placement.Nowhere nowhere, Rehearsal rehearsal) {
    PodView pod = attempt.pod();
    if (!shares.guaranteed(pod, nominations.besides(pod))) {
      return List.of();
    }
    List<Victims> plans = reclaim.plans(pod, attempt.among(), nowhere.crowded(), rehearsal);
    if (plans.isEmpty()) {
      denied.add(pod.key());
    }
    return plans;
  }

  /**
   * Whether those of the victims that are of other tenants may be taken from them as things are.
   */
  boolean hold(PodView pod, List<PodView> victims) {
    List<PodView> lent =
        victims.stream().filter(v -> !v.key().cluster().equals(pod.key().cluster())).toList();
    if (lent.isEmpty()) {
      return true;
    }
    Loans loans = shares.loans();
    for (PodView victim : lent) {
      if (!shares.leaves(victim)) {
        if (!loans.canLose(victim)) {
          return false;
        }
        loans.lose(victim);
      }
    }
    return shares.guaranteed(pod, nominations.besides(pod));
  }

  /** Whether a pod that ends may do so for this one, which is of another tenant. */
  boolean mayBeFor(PodView ending, PodView pod) {
    return !ending.key().cluster().equals(pod.key().cluster()) && shares.guaranteed(pod, List.of());
  }

  /** From now on the pod claims nothing. */
  void forget(ObjectKey key) {
    denied.remove(key);
  }

  /** Pods that could claim nothing so far, and may now that this one was given room. */
  List<ObjectKey> after(PodView placed) {
    if (denied.isEmpty() || shares.borrowed(placed.key().cluster()) == 0) {
      return List.of();
    }
    List<ObjectKey> again = List.copyOf(denied);
    denied.clear();
    return again;
  }
}
