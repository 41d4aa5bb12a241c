package dev.argosy.scheduler.preempt;

import dev.argosy.scheduler.pod.PodView;
import java.util.Comparator;
import java.util.List;

/** What of several nodes' victims is the best, after others have had a say. One thread. */
public final class Choice {

  private final Budgets budgets;

  public Choice(Budgets budgets) {
    this.budgets = budgets;
  }

  /**
   * The best first: what is claimed from other tenants, in the order in which it was found, then
   * whatever costs the pod's own tenant the least. Budgets are looked at anew.
   */
  public List<Victims> ranked(PodView pod, List<Victims> left) {
    return left.stream()
        .map(victims ->
            new Victims(victims.node(), victims.pods(), budgets.violating(victims.pods()).size()))
        .sorted(
            Comparator.comparing((Victims victims) -> !claims(pod, victims))
                .thenComparing((a, b) -> claims(pod, a) ? 0 : Victims.BEST.compare(a, b)))
        .toList();
  }

  private static boolean claims(PodView pod, Victims victims) {
    return victims.pods().stream()
        .anyMatch(victim -> !victim.key().cluster().equals(pod.key().cluster()));
  }
}
