package dev.argosy.scheduler;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.rank.Rankings;
import dev.argosy.scheduler.score.Packing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds the best node for a pod. What comes often and asks for nothing but nodes has a ranking of
 * all of them. For others, where there are many nodes, it looks for enough that fit, not for all,
 * and goes on from there with the next pod; but nodes that are to be filled one after another are
 * looked at from the first one each time. One thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/scheduler-perf-tuning/">Scheduler
 *     Performance Tuning</a>
 */
final class Decision {

  private static final int LEAST_FITTING = 100;
  private static final int LEAST_PERCENT = 5;
  private static final int MOST_PERCENT = 50;
  private static final int NODES_PER_PERCENT = 125;

  private final Memos memos = new Memos();
  private final Rankings rankings = new Rankings();
  private final RandomGenerator ties;
  private int start;

  /**
   * @param ties chooses between nodes that are equally good
   */
  Decision(RandomGenerator ties) {
    this.ties = ties;
  }

  Placement place(Attempt attempt, Nominations nominations) {
    Memo memo = memos.of(attempt.profile(), attempt.pod().demand());
    Search search = new Search(attempt, memo, nominations);
    Optional<String> nominated = nominations.of(attempt.pod().key());
    if (nominated.isPresent()) {
      if (fits(attempt, search, nominated.get())) {
        return new Placement.Chosen(nominated.get());
      }
      search = new Search(attempt, memo, nominations);
    }
    Optional<Set<String>> named = attempt.pod().demand().named();
    return named.isPresent()
        ? among(attempt, search, memo, named.get())
        : anywhere(attempt, search, memo, nominations);
  }

  /**
   * Nodes where the pod fits: enough of them, not all, and among them the one where room is made
   * for it.
   */
  List<String> candidates(Attempt attempt, Nominations nominations) {
    Memo memo = memos.of(attempt.profile(), attempt.pod().demand());
    Search search = new Search(attempt, memo, nominations);
    nominations.of(attempt.pod().key()).ifPresent(name -> fits(attempt, search, name));
    Optional<Set<String>> named = attempt.pod().demand().named();
    if (named.isPresent()) {
      named.get().forEach(name -> fits(attempt, search, name));
    } else {
      askPacked(attempt.among(), search);
      askOthers(attempt.among(), search);
    }
    return search.fitting().stream().map(node -> node.node().name()).distinct().toList();
  }

  /** All nodes where the pod fits. */
  List<String> fitting(Attempt attempt, Nominations nominations) {
    Memo memo = memos.of(attempt.profile(), attempt.pod().demand());
    Search search = new Search(attempt, memo, nominations);
    for (int i = 0; i < attempt.among().size(); i++) {
      search.ask(attempt.among().slot(i));
    }
    return search.fitting().stream().map(node -> node.node().name()).toList();
  }

  private static boolean fits(Attempt attempt, Search search, String name) {
    Optional<NodeState> node = attempt.nodes().find(name);
    return node.isPresent()
        && attempt.among().contains(node.get().slot())
        && search.ask(node.get().slot());
  }

  private Placement among(Attempt attempt, Search search, Memo memo, Set<String> names) {
    int asked = 0;
    for (String name : names) {
      Optional<NodeState> node = attempt.nodes().find(name);
      if (node.isPresent() && attempt.among().contains(node.get().slot())) {
        search.ask(node.get().slot());
        asked++;
      }
    }
    return search.fitting().isEmpty()
        ? search.nowhere(attempt.among().size() - asked)
        : best(attempt, search, memo);
  }

  private Placement anywhere(Attempt attempt, Search search, Memo memo, Nominations nominations) {
    NodeSet nodes = attempt.among();
    boolean plain = search.looksAtNodesOnly();
    OptionalInt first =
        plain ? rankings.best(attempt, memo.scores(), memo, ties) : OptionalInt.empty();
    if (first.isPresent()) {
      String name = attempt.nodes().at(first.getAsInt()).node().name();
      if (nominations.on(name).isEmpty()) {
        return new Placement.Chosen(name);
      }
    }
    boolean undisturbed = plain && nominations.isEmpty();
    Optional<Placement.Nowhere> known =
        undisturbed ? memo.nowhere(nodes, attempt.nodes().changes()) : Optional.empty();
    if (known.isPresent()) {
      return known.get();
    }
    askPacked(nodes, search);
    askOthers(nodes, search);
    if (plain) {
      rankings.looked(attempt, search.asked());
    }
    if (!search.fitting().isEmpty()) {
      return best(attempt, search, memo);
    }
    return undisturbed
        ? memo.remember(nodes, attempt.nodes().changes(), search.nowhere(0))
        : search.nowhere(0);
  }

  private static void askPacked(NodeSet nodes, Search search) {
    int wanted = enough(nodes.packed());
    for (int i = 0; i < nodes.packed() && search.fitting().size() < wanted; i++) {
      search.ask(nodes.slot(i));
    }
  }

  private void askOthers(NodeSet nodes, Search search) {
    int first = nodes.packed();
    int count = nodes.size() - first;
    int wanted = search.fitting().size() + enough(count);
    int index = count == 0 ? 0 : start % count;
    for (int i = 0; i < count && search.fitting().size() < wanted; i++) {
      search.ask(nodes.slot(first + index));
      index = index + 1 == count ? 0 : index + 1;
    }
    start = count == 0 ? start : index;
  }

  /** How many nodes that fit are enough to choose from. */
  static int enough(int nodes) {
    if (nodes <= LEAST_FITTING) {
      return nodes;
    }
    int percent = Math.max(LEAST_PERCENT, MOST_PERCENT - nodes / NODES_PER_PERCENT);
    return Math.max(LEAST_FITTING, nodes * percent / 100);
  }

  private Placement best(Attempt attempt, Search search, Memo memo) {
    List<NodeState> fitting = search.fitting();
    if (fitting.size() == 1) {
      return new Placement.Chosen(fitting.getFirst().node().name());
    }
    long[] marks = memo.scores().of(attempt, fitting, memo::raw);
    boolean packs = attempt.among().packed() > 0;
    int best = 0;
    int equals = 1;
    for (int i = 1; i < marks.length; i++) {
      if (marks[i] > marks[best]) {
        best = i;
        equals = 1;
      } else if (marks[i] == marks[best]) {
        int fuller = !packs ? 0 : Packing.compare(fitting.get(i), fitting.get(best));
        if (fuller > 0) {
          best = i;
          equals = 1;
        } else if (fuller == 0 && ties.nextInt(++equals) == 0) {
          best = i;
        }
      }
    }
    return new Placement.Chosen(fitting.get(best).node().name());
  }
}
