package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.profile.Plugins;
import dev.argosy.scheduler.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scores of one profile, with its weights. Any thread. */
public final class Scores {

  private static final List<WideScore> WIDE =
      List.of(new SpreadPreference(), new InterPodPreference(), new ImageLocality());

  private record Weighted<T>(T score, int weight) {}

  private final List<Weighted<Score>> ofNodes = new ArrayList<>();
  private final List<Weighted<WideScore>> wide = new ArrayList<>();
  private final List<Score> plain;

  public Scores(Profile profile) {
    Plugins plugins = profile.plugins();
    Score fit = profile.strategy().<Score>map(StrategyFit::new).orElseGet(ResourcesFit::new);
    for (Score score :
        List.of(new TaintPreference(), new AffinityPreference(), fit, new BalancedAllocation())) {
      int weight = plugins.scores().getOrDefault(score.name(), 0);
      if (weight > 0) {
        ofNodes.add(new Weighted<>(score, weight));
      }
    }
    for (WideScore score : WIDE) {
      int weight = plugins.scores().getOrDefault(score.name(), 0);
      if (weight > 0) {
        wide.add(new Weighted<>(score, weight));
      }
    }
    wide.add(new Weighted<>(new Advised(), 1));
    plain = ofNodes.stream().map(Weighted::score).toList();
  }

  /** Those that look at one node by itself. */
  public List<Score> ofNodes() {
    return plain;
  }

  /**
   * The weighted sum of marks of each candidate, in their order.
   *
   * @param raw what the scores of nodes said of a candidate: the score's number, the candidate
   */
  public long[] of(Attempt attempt, List<NodeState> candidates, Raw raw) {
    long[] sum = new long[candidates.size()];
    Optional<Packing> packing = Packing.of(attempt, candidates);
    for (int i = 0; i < ofNodes.size(); i++) {
      add(i, candidates, raw, packing, sum);
    }
    for (Weighted<WideScore> weighted : wide) {
      weighted
          .score()
          .marks(attempt, candidates)
          .ifPresent(marks -> {
            for (int i = 0; i < sum.length; i++) {
              sum[i] += weighted.weight() * marks[i];
            }
          });
    }
    return sum;
  }

  /** Answers of the scores of nodes. */
  public interface Raw {
    int of(int score, NodeState node);
  }

  /**
   * What the scores that are not {@link #ofNodes} give each node by itself, with their weights;
   * empty if one of them looks at more than the node.
   */
  public Optional<NodeMarks> alone(Attempt attempt) {
    List<Weighted<NodeMarks>> parts = new ArrayList<>(0);
    for (Weighted<WideScore> weighted : wide) {
      Optional<NodeMarks> marks = weighted.score().alone(attempt);
      if (marks.isEmpty()) {
        return Optional.empty();
      }
      if (marks.get() != NodeMarks.NONE) {
        parts.add(new Weighted<>(marks.get(), weighted.weight()));
      }
    }
    return Optional.of(parts.isEmpty() ? NodeMarks.NONE : new Sum(List.copyOf(parts)));
  }

  private record Sum(List<Weighted<NodeMarks>> parts) implements NodeMarks {
    @Override
    public long of(NodeState node) {
      long sum = 0;
      for (Weighted<NodeMarks> part : parts) {
        sum += part.weight() * part.score().of(node);
      }
      return sum;
    }
  }

  /** Whether marks of this score are measured by the greatest raw number of all candidates. */
  public boolean relative(int score) {
    return plain.get(score).scale() != Score.Scale.MARKS;
  }

  /**
   * The weighted mark that one of {@link #ofNodes} gives a node that is not to be filled.
   *
   * @param most the greatest raw number of all candidates; needed where they are {@link #relative}
   */
  public long of(int score, int raw, int most) {
    Weighted<Score> weighted = ofNodes.get(score);
    Score.Scale scale = weighted.score().scale();
    return scale != Score.Scale.MARKS && most == 0 ? 0 : weighted.weight() * mark(scale, raw, most);
  }

  private void add(
      int number, List<NodeState> candidates, Raw raws, Optional<Packing> packing, long[] sum) {
    Weighted<Score> weighted = ofNodes.get(number);
    Score score = weighted.score();
    int[] raw = new int[sum.length];
    int most = 0;
    for (int i = 0; i < raw.length; i++) {
      raw[i] = raws.of(number, candidates.get(i));
      most = Math.max(most, raw[i]);
    }
    if (packing.isPresent() && score.filling() != Score.Filling.COUNTS) {
      add(weighted, raw, packing.get(), sum);
    } else if (most > 0) {
      for (int i = 0; i < raw.length; i++) {
        sum[i] += weighted.weight() * mark(score.scale(), raw[i], most);
      }
    }
  }

  private static void add(Weighted<Score> weighted, int[] raw, Packing packing, long[] sum) {
    Score score = weighted.score();
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
      sum[i] += weighted.weight() * marks[i];
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
