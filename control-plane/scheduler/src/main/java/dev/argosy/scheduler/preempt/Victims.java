package dev.argosy.scheduler.preempt;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The pods that must go from one node.
 *
 * @param pods the most important first
 * @param violations how many of them no budget lets go
 * @param harm what comparing needs to know of them
 */
public record Victims(String node, List<PodView> pods, int violations, Harm harm) {

  static final Comparator<PodView> MOST_IMPORTANT =
      Comparator.<PodView>comparingInt(p -> -p.priority())
          .thenComparing(p -> p.rank().started())
          .thenComparing(PodView::key);

  /** Which of several nodes' victims are the best: the least of this order. */
  static final Comparator<Victims> BEST =
      Comparator.comparingInt(Victims::violations)
          .thenComparingInt(v -> v.harm().highest())
          .thenComparingLong(v -> v.harm().sum())
          .thenComparingInt(v -> v.pods().size())
          .thenComparing(v -> v.harm().earliest(), Comparator.reverseOrder());

  /**
   * How important pods are.
   *
   * @param highest the greatest priority
   * @param sum of all priorities, each made positive first
   * @param earliest when the first of the most important ones began
   */
  public record Harm(int highest, long sum, Instant earliest) {

    private static final Harm NONE = new Harm(Integer.MIN_VALUE, 0, Instant.MIN);

    /** What remains of a pod's priority when several are summed: never negative. */
    private static final long OFFSET = 1L + Integer.MAX_VALUE;

    static Harm of(List<PodView> pods) {
      return pods.isEmpty()
          ? NONE
          : new Harm(
              pods.getFirst().priority(),
              pods.stream().mapToLong(p -> p.priority() + OFFSET).sum(),
              pods.getFirst().rank().started());
    }
  }

  public Victims {
    pods = List.copyOf(pods);
  }

  /** The pods that must go from one node. */
  public Victims(String node, List<PodView> pods, int violations) {
    this(node, pods, violations, Harm.of(pods));
  }

  /**
   * No more than needed: all less important pods are taken away, and then given back one by one, if
   * the pod fits all the same; first those that a budget protects, the most important first.
   *
   * @return empty if the pod does not fit even without all of them
   */
  static Optional<Victims> on(String node, List<PodView> below, Budgets budgets, Trial trial) {
    List<PodView> pods = below.stream().sorted(MOST_IMPORTANT).toList();
    return among(node, pods, budgets.violating(pods), trial);
  }

  /**
   * The same in another order.
   *
   * @param pods those that are given back first come first
   * @param violating those of them that a budget protects
   */
  static Optional<Victims> among(
      String node, List<PodView> pods, Set<ObjectKey> violating, Trial trial) {
    pods.forEach(trial::take);
    if (pods.isEmpty() || !trial.fits()) {
      return Optional.empty();
    }
    List<PodView> gone = new ArrayList<>();
    for (boolean protectedOnes : new boolean[] {true, false}) {
      for (PodView pod : pods) {
        if (violating.contains(pod.key()) == protectedOnes && !spared(pod, trial)) {
          gone.add(pod);
        }
      }
    }
    int violations = (int) gone.stream().filter(p -> violating.contains(p.key())).count();
    return gone.isEmpty()
        ? Optional.empty()
        : Optional.of(new Victims(node, gone.stream().sorted(MOST_IMPORTANT).toList(), violations));
  }

  private static boolean spared(PodView pod, Trial trial) {
    trial.giveBack(pod);
    if (trial.fits()) {
      return true;
    }
    trial.take(pod);
    return false;
  }

  /** The same but for some pods, of which none may be left. */
  public Victims without(Predicate<PodView> those) {
    return new Victims(node, pods.stream().filter(those.negate()).toList(), violations);
  }
}
