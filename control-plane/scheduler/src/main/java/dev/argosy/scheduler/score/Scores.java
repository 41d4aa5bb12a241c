package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import java.util.List;

/** The scores, and their sum. */
public final class Scores {

  private static final List<Score> ALL =
      List.of(
          new TaintPreference(),
          new AffinityPreference(),
          new OwnerSpreading(),
          new LeastAllocated(),
          new ImageLocality());

  private Scores() {}

  public static List<Score> inOrder() {
    return ALL;
  }

  /** The weighted sum of marks of each candidate, in their order. */
  public static long[] of(Demand demand, List<NodeState> candidates) {
    long[] sum = new long[candidates.size()];
    for (Score score : ALL) {
      add(score, demand, candidates, sum);
    }
    return sum;
  }

  private static void add(Score score, Demand demand, List<NodeState> candidates, long[] sum) {
    long[] raw = new long[sum.length];
    long most = 0;
    for (int i = 0; i < raw.length; i++) {
      raw[i] = score.raw(demand, candidates.get(i));
      most = Math.max(most, raw[i]);
    }
    for (int i = 0; i < raw.length; i++) {
      sum[i] += score.weight() * mark(score.scale(), raw[i], most);
    }
  }

  private static long mark(Score.Scale scale, long raw, long most) {
    return switch (scale) {
      case MARKS -> Math.min(Score.BEST, raw);
      case MORE_IS_BETTER -> most == 0 ? 0 : raw * Score.BEST / most;
      case LESS_IS_BETTER -> most == 0 ? Score.BEST : Score.BEST - raw * Score.BEST / most;
    };
  }
}
