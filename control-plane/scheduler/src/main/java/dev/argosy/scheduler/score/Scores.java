package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import java.util.List;
import java.util.Optional;

/** The scores, with Kubernetes' weights. */
public final class Scores {

  private static final List<Score> OF_NODES =
      List.of(
          new TaintPreference(),
          new AffinityPreference(),
          new ResourcesFit(),
          new BalancedAllocation());

  private static final List<WideScore> WIDE =
      List.of(new SpreadPreference(), new InterPodPreference(), new ImageLocality());

  private Scores() {}

  /** Those that look at one node by itself. */
  public static List<Score> ofNodes() {
    return OF_NODES;
  }

  /**
   * The weighted sum of marks of each candidate, in their order.
   *
   * @param raw what the scores of nodes said of a candidate: the score's number, the candidate
   */
  public static long[] of(Attempt attempt, List<NodeState> candidates, Raw raw) {
    long[] sum = new long[candidates.size()];
    Optional<Packing> packing = Packing.of(attempt, candidates);
    for (int i = 0; i < OF_NODES.size(); i++) {
      add(i, candidates, raw, packing, sum);
    }
    for (WideScore score : WIDE) {
      score
          .marks(attempt, candidates)
          .ifPresent(marks -> {
            for (int i = 0; i < sum.length; i++) {
              sum[i] += score.weight() * marks[i];
            }
          });
    }
    return sum;
  }

  /** Answers of the scores of nodes. */
  public interface Raw {
    int of(int score, NodeState node);
  }

  private static void add(
      int number, List<NodeState> candidates, Raw raws, Optional<Packing> packing, long[] sum) {
    Score score = OF_NODES.get(number);
    int[] raw = new int[sum.length];
    int most = 0;
    for (int i = 0; i < raw.length; i++) {
      raw[i] = raws.of(number, candidates.get(i));
      most = Math.max(most, raw[i]);
    }
    if (packing.isPresent() && score.filling() != Score.Filling.COUNTS) {
      add(score, raw, packing.get(), sum);
    } else if (most > 0) {
      for (int i = 0; i < raw.length; i++) {
        sum[i] += score.weight() * mark(score.scale(), raw[i], most);
      }
    }
  }

  private static void add(Score score, int[] raw, Packing packing, long[] sum) {
    long[] marks = new long[raw.length];
    for (int i = 0; i < raw.length; i++) {
      marks[i] = mark(score.scale(), raw[i], Score.BEST);
    }
    if (score.filling() == Score.Filling.ALIGNED) {
      packing.align(marks);
    } else {
      packing.level(marks);
    }
    for (int i = 0; i < raw.length; i++) {
      sum[i] += score.weight() * marks[i];
    }
  }

  private static long mark(Score.Scale scale, int raw, int most) {
    return switch (scale) {
      case MARKS -> Math.min(Score.BEST, raw);
      case MORE_IS_BETTER -> (long) raw * Score.BEST / most;
      case LESS_IS_BETTER -> Score.BEST - (long) raw * Score.BEST / most;
    };
  }
}
