package dev.argosy.scheduler.rank;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.score.NodeMarks;
import dev.argosy.scheduler.score.Scores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The rankings of what came often of late. To make one costs a look at every node; so it is made
 * once as many nodes were looked at for want of it, and costs no more than that did. One thread.
 */
public final class Rankings {

  private static final int MOST = 32;

  private record Key(Profile profile, Demand demand, Set<String> images, NodeSet among) {
    static Key of(Attempt attempt) {
      return new Key(
          attempt.profile(), attempt.pod().demand(), attempt.pod().images(), attempt.among());
    }
  }

  private static final class Known {
    private int looked;
    private @Nullable Ranking ranking;
  }

  private final Map<Key, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
          return size() > MOST;
        }
      };

  /**
   * The slot of one of the best nodes; empty if there is no ranking for this, or the pod fits
   * nowhere.
   *
   * @param attempt which no filter cares about but those of nodes
   */
  public OptionalInt best(Attempt attempt, Scores scores, Looks looks, RandomGenerator ties) {
    Optional<NodeMarks> others =
        attempt.among().packed() > 0 ? Optional.empty() : scores.alone(attempt);
    if (others.isEmpty()) {
      return OptionalInt.empty();
    }
    Known one = known.computeIfAbsent(Key.of(attempt), k -> new Known());
    Ranking ranking = one.ranking;
    if (ranking != null && !ranking.follow(others.get())) {
      ranking = null;
      one.ranking = null;
      one.looked = 0;
    }
    if (ranking == null && one.looked >= attempt.among().size()) {
      ranking = new Ranking(attempt.nodes(), attempt.among(), looks, scores, others.get());
      one.ranking = ranking;
    }
    return ranking == null ? OptionalInt.empty() : ranking.best(ties);
  }

  /** That so many nodes were looked at for want of a ranking. */
  public void looked(Attempt attempt, int nodes) {
    Known one = known.get(Key.of(attempt));
    if (one != null) {
      one.looked += nodes;
    }
  }
}
