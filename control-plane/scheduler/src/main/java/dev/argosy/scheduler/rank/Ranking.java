package dev.argosy.scheduler.rank;

import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.NodeTable;
import dev.argosy.scheduler.score.NodeMarks;
import dev.argosy.scheduler.score.Scores;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * The marks that one demand gives all nodes of a set, as they are now. Some marks are measured by
 * the greatest of all; when that changes, every mark does, and the ranking is of no use any more.
 * One thread.
 */
final class Ranking {

  private final NodeTable nodes;
  private final NodeSet among;
  private final Looks looks;
  private final Scores scores;
  private final NodeMarks others;
  private final Tournament tournament;
  private final Greatest[] greatest;
  private long seen;

  /**
   * @param others what scores give that are not remembered with the demand
   */
  Ranking(NodeTable nodes, NodeSet among, Looks looks, Scores scores, NodeMarks others) {
    this.nodes = nodes;
    this.among = among;
    this.looks = looks;
    this.scores = scores;
    this.others = others;
    this.tournament = new Tournament(nodes.capacity());
    this.greatest = new Greatest[scores.ofNodes().size()];
    this.seen = nodes.changes();
    for (int score = 0; score < greatest.length; score++) {
      greatest[score] = measure(score);
    }
    for (int i = 0; i < among.size(); i++) {
      NodeState node = nodes.at(among.slot(i));
      tournament.enter(node.slot(), looks.fits(node) ? mark(node) : Tournament.ABSENT);
    }
    tournament.settle();
  }

  private Greatest measure(int score) {
    Greatest most = new Greatest();
    if (scores.relative(score)) {
      for (int i = 0; i < among.size(); i++) {
        NodeState node = nodes.at(among.slot(i));
        most.first(node.slot(), looks.fits(node) ? looks.raw(score, node) : 0);
      }
    }
    return most;
  }

  private int mark(NodeState node) {
    long sum = others.of(node);
    for (int score = 0; score < greatest.length; score++) {
      sum += scores.of(score, looks.raw(score, node), greatest[score].most());
    }
    return Math.toIntExact(sum);
  }

  /**
   * Takes in what has changed since it was asked last; answers whether the marks still hold.
   *
   * @param now what other scores give
   */
  boolean follow(NodeMarks now) {
    if (!others.equals(now) || !nodes.remembers(seen)) {
      return false;
    }
    while (seen < nodes.changes()) {
      int slot = nodes.changed(seen++);
      if (among.contains(slot) && !follow(nodes.at(slot))) {
        return false;
      }
    }
    return true;
  }

  private boolean follow(NodeState node) {
    boolean fits = looks.fits(node);
    for (int score = 0; score < greatest.length; score++) {
      if (scores.relative(score)
          && !greatest[score].replace(node.slot(), fits ? looks.raw(score, node) : 0)) {
        return false;
      }
    }
    tournament.set(node.slot(), fits ? mark(node) : Tournament.ABSENT);
    return true;
  }

  /** The slot of one of the best nodes; empty if the demand fits nowhere. */
  OptionalInt best(RandomGenerator ties) {
    int slot = tournament.winner(ties);
    return slot == Tournament.ABSENT ? OptionalInt.empty() : OptionalInt.of(slot);
  }
}
