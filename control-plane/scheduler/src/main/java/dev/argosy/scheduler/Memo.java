package dev.argosy.scheduler;

import dev.argosy.scheduler.filter.Filter;
import dev.argosy.scheduler.filter.Filters;
import dev.argosy.scheduler.filter.Rejection;
import dev.argosy.scheduler.filter.Verdict;
import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.rank.Looks;
import dev.argosy.scheduler.score.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the filters and scores of nodes said of one demand. A node is asked again when it is no
 * longer the same. One thread.
 */
final class Memo implements Looks {

  /** The code of a node where the demand fits. */
  static final int FITS = 0;

  private final Demand demand;
  private final List<Filter> filters;
  private final Scores scoring;
  private final List<Rejection> rejections = new ArrayList<>();
  private final Map<Rejection, Integer> codeOf = new HashMap<>();
  private final int scores;
  private NodeState[] seen = new NodeState[0];
  private int[] codes = new int[0];
  private int[] raw = new int[0];
  private @Nullable Failure failure;

  /** A search in vain, and what it looked at. */
  private record Failure(NodeSet among, long changes, Placement.Nowhere nowhere) {}

  Memo(Profile profile, Scores scoring, Demand demand) {
    this.demand = demand;
    this.filters = Filters.ofNodes(profile);
    this.scoring = scoring;
    this.scores = scoring.ofNodes().size();
  }

  Scores scores() {
    return scoring;
  }

  @Override
  public boolean fits(NodeState node) {
    return code(node) == FITS;
  }

  /** {@link #FITS}, or the number of the rejection, from 1. */
  int code(NodeState node) {
    int slot = node.slot();
    if (slot < seen.length && seen[slot] == node) {
      return codes[slot];
    }
    if (slot >= seen.length) {
      grow(slot + 1);
    }
    int code = check(filters, demand, node).map(this::number).orElse(FITS);
    seen[slot] = node;
    codes[slot] = code;
    if (code == FITS) {
      for (int i = 0; i < scores; i++) {
        raw[slot * scores + i] = scoring.ofNodes().get(i).raw(demand, node);
      }
    }
    return code;
  }

  private void grow(int least) {
    int before = seen.length;
    int size = Math.max(least, Math.max(64, before * 2));
    seen = Arrays.copyOf(seen, size);
    Arrays.fill(seen, before, size, NodeState.NONE);
    codes = Arrays.copyOf(codes, size);
    raw = Arrays.copyOf(raw, size * scores);
  }

  private int number(Rejection rejection) {
    return codeOf.computeIfAbsent(
        rejection,
        r -> {
          rejections.add(r);
          return rejections.size();
        });
  }

  Rejection rejection(int code) {
    return rejections.get(code - 1);
  }

  /** How many codes there are. */
  int codes() {
    return rejections.size() + 1;
  }

  @Override
  public int raw(int score, NodeState node) {
    return raw[node.slot() * scores + score];
  }

  /** That nodes alone were looked at, and the demand fits none of them. */
  Placement.Nowhere remember(NodeSet among, long changes, Placement.Nowhere nowhere) {
    failure = new Failure(among, changes, nowhere);
    return nowhere;
  }

  /** The same answer as before, if nothing has changed since. */
  Optional<Placement.Nowhere> nowhere(NodeSet among, long changes) {
    return failure != null && failure.among() == among && failure.changes() == changes
        ? Optional.of(failure.nowhere())
        : Optional.empty();
  }

  /** Asks filters of nodes, without remembering. */
  static Optional<Rejection> check(List<Filter> filters, Demand demand, NodeState node) {
    for (Filter filter : filters) {
      if (filter.check(demand, node) instanceof Verdict.Rejected rejected) {
        return Optional.of(new Rejection(filter, rejected));
      }
    }
    return Optional.empty();
  }
}
