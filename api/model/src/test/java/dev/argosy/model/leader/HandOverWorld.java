package dev.argosy.model.leader;

import dev.argosy.model.leader.Candidacy.Move;
import dev.argosy.model.leader.HandOverNode.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A state of the model of a hand-over: two candidates, the store with its compare-and-set, one
 * clock, and one thing that a leader does if it sees that it was not done yet.
 *
 * @param fenced whether the store refuses what is written behind a fallen fence
 * @param done how often the thing was done
 */
record HandOverWorld(
    boolean fenced,
    int clock,
    long revision,
    @Nullable Lease lease,
    long term,
    int done,
    List<HandOverNode> nodes) {

  /** The lease in the store. */
  record Lease(long revision, String holder) {
    LeaseRecord record() {
      return new LeaseRecord(revision, holder, HandOverNode.TIMING.lease(), "", 0);
    }
  }

  static HandOverWorld start(boolean fenced) {
    return new HandOverWorld(
        fenced, 0, 0, null, 0, 0, List.of(HandOverNode.of("a"), HandOverNode.of("b")));
  }

  private static Instant time(int tick) {
    return Instant.EPOCH.plusSeconds(tick);
  }

  boolean leads(int node) {
    HandOverNode one = nodes.get(node);
    return one.running() && one.known().leads(time(clock));
  }

  HandOverWorld later() {
    return new HandOverWorld(fenced, clock + 1, revision, lease, term, done, nodes);
  }

  private HandOverWorld with(int node, HandOverNode next) {
    List<HandOverNode> all = new ArrayList<>(nodes);
    all.set(node, next);
    return new HandOverWorld(fenced, clock, revision, lease, term, done, List.copyOf(all));
  }

  private HandOverWorld stored(@Nullable Lease next, long newTerm, int times) {
    return new HandOverWorld(fenced, clock, revision + 1, next, newTerm, times, nodes);
  }

  /** Every state that one step of a candidate may lead to, requests and answers lost among them. */
  List<HandOverWorld> steps(int node) {
    List<HandOverWorld> all = new ArrayList<>(attempt(node));
    HandOverNode one = nodes.get(node);
    if (!(one.step() instanceof Step.Rest)) {
      lost(node).ifPresent(all::add);
    }
    if (one.running() && !one.known().leads(time(clock))) {
      all.add(with(node, one.knowing(one.known().ended()).running(false)));
    }
    if (one.running() && done == 0 && one.acting().isEmpty()) {
      List<Long> sent = new ArrayList<>(one.acting());
      sent.add(one.known().term());
      all.add(with(node, one.acting(sent)));
    }
    if (!one.acting().isEmpty()) {
      all.add(land(node));
    }
    return all;
  }

  /** The step of a request whose answer, or which itself, is lost. */
  private Optional<HandOverWorld> lost(int node) {
    Step step = nodes.get(node).step();
    if (step instanceof Step.LeaseRead || step instanceof Step.BothRead) {
      return Optional.empty();
    }
    return Optional.of(with(node, nodes.get(node).at(new Step.Rest(clock + 1))));
  }

  private HandOverWorld land(int node) {
    HandOverNode one = nodes.get(node);
    long fence = one.acting().getFirst();
    HandOverWorld landed = with(node, one.acting(one.acting().subList(1, one.acting().size())));
    return fenced && fence != term ? landed : landed.stored(lease, term, done + 1);
  }

  /** The next step of the present attempt, if nothing is lost. */
  List<HandOverWorld> attempt(int node) {
    HandOverNode one = nodes.get(node);
    return switch (one.step()) {
      case Step.Rest(int until) when until > clock -> List.of();
      case Step.Rest rest -> List.of(with(node, one.at(new Step.LeaseRead(lease))));
      case Step.LeaseRead read ->
          List.of(with(node, one.at(new Step.BothRead(read.lease(), term))));
      case Step.BothRead read -> List.of(with(node, decide(one, read.lease(), read.term())));
      case Step.LeaseSent(long expected, int sent, long seenTerm) -> {
        boolean kept = expected == (lease == null ? 0 : lease.revision());
        yield List.of(
            kept
                ? with(node, one.at(new Step.LeaseWritten(sent, seenTerm)))
                    .stored(new Lease(revision + 1, one.known().identity()), term, done)
                : with(node, one.at(new Step.Rest(clock + 1))));
      }
      case Step.LeaseWritten(int sent, long seenTerm) ->
          List.of(with(node, written(one, sent, seenTerm)));
      case Step.TermSent(int sent, long expected) ->
          List.of(
              expected == term
                  ? with(node, one.at(new Step.TermWritten(sent, revision + 1)))
                      .stored(lease, revision + 1, done)
                  : with(node, one.at(new Step.Rest(clock + 1))));
      case Step.TermWritten(int sent, long own) -> List.of(with(node, began(one, sent, own)));
    };
  }

  private HandOverNode decide(HandOverNode one, @Nullable Lease seen, long newest) {
    Move move = one.known().on(Optional.ofNullable(seen).map(Lease::record), newest, time(clock));
    HandOverNode next = one.knowing(move.next()).running(one.running() && move.next().term() > 0);
    return switch (move) {
      case Move.Stand stand -> next.at(new Step.Rest(clock + 1));
      case Move.Claim claim ->
          next.at(new Step.LeaseSent(seen == null ? 0 : seen.revision(), clock, newest));
    };
  }

  private HandOverNode written(HandOverNode one, int sent, long seenTerm) {
    if (one.known().term() == 0) {
      return one.at(new Step.TermSent(sent, seenTerm));
    }
    Candidacy won = one.known().won(time(sent), one.known().term());
    return (one.running() ? one.knowing(won) : one).at(new Step.Rest(clock + 1));
  }

  private HandOverNode began(HandOverNode one, int sent, long own) {
    Candidacy won = one.known().won(time(sent), own);
    HandOverNode rests = one.at(new Step.Rest(clock + 1));
    return won.leads(time(clock)) ? rests.knowing(won).running(true) : rests;
  }
}
