package dev.argosy.model.leader;

import dev.argosy.model.leader.HandOverNode.Step;
import dev.argosy.model.leader.HandOverWorld.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives states that behave alike one form, so that there are finitely many: times count from the
 * present and not beyond what matters, and revisions, which are only asked to be equal, are
 * numbered through.
 */
final class HandOverForm {

  private static final Duration LONG = HandOverNode.TIMING.lease();
  private static final int OLD = -(int) LONG.toSeconds();

  private final HandOverWorld world;
  private final List<Long> revisions;

  private HandOverForm(HandOverWorld world) {
    this.world = world;
    this.revisions = new ArrayList<>(revisions(world));
  }

  static HandOverWorld of(HandOverWorld world) {
    return new HandOverForm(inOrder(withoutDead(world))).form();
  }

  /** The candidates are alike: of two states that differ in their names only one is kept. */
  private static HandOverWorld inOrder(HandOverWorld world) {
    HandOverNode first = world.nodes().getFirst();
    HandOverNode second = world.nodes().getLast();
    if (rank(first) <= rank(second)) {
      return world;
    }
    return new HandOverWorld(
        world.fenced(),
        world.clock(),
        world.revision(),
        other(world.lease()),
        world.term(),
        world.done(),
        List.of(other(second), other(first)));
  }

  private static boolean isAt(@Nullable Lease lease, long revision) {
    return lease != null && lease.revision() == revision;
  }

  /** What an attempt has read of the lease and not looked at yet. */
  private static @Nullable Lease read(Step step) {
    return switch (step) {
      case Step.LeaseRead read -> read.lease();
      case Step.BothRead read -> read.lease();
      default -> null;
    };
  }

  private static int rank(HandOverNode node) {
    int step =
        switch (node.step()) {
          case Step.Rest rest -> 0;
          case Step.LeaseRead read -> 1;
          case Step.BothRead read -> 2;
          case Step.LeaseSent sent -> 3;
          case Step.LeaseWritten written -> 4;
          case Step.TermSent sent -> 5;
          case Step.TermWritten written -> 6;
        };
    return 100 * step + (node.running() ? 10 : 0) + node.acting().size();
  }

  private static HandOverNode other(HandOverNode node) {
    Candidacy known = node.known();
    Step step =
        switch (node.step()) {
          case Step.LeaseRead read -> new Step.LeaseRead(other(read.lease()));
          case Step.BothRead read -> new Step.BothRead(other(read.lease()), read.term());
          default -> node.step();
        };
    return new HandOverNode(
        new Candidacy(
            other(known.identity()),
            known.timing(),
            known.seenRevision(),
            known.seenAt(),
            known.until(),
            known.term()),
        step,
        node.running(),
        node.acting());
  }

  private static @Nullable Lease other(@Nullable Lease lease) {
    return lease == null ? null : new Lease(lease.revision(), other(lease.holder()));
  }

  private static String other(String identity) {
    return identity.equals("a") ? "b" : "a";
  }

  /** Without what has no effect any more, whenever it comes. */
  private static HandOverWorld withoutDead(HandOverWorld world) {
    return new HandOverWorld(
        world.fenced(),
        world.clock(),
        world.revision(),
        world.lease(),
        world.term(),
        world.done(),
        world.nodes().stream().map(node -> withoutDead(world, node)).toList());
  }

  private static HandOverNode withoutDead(HandOverWorld world, HandOverNode node) {
    Lease lease = world.lease();
    Candidacy known = node.known();
    boolean leads = known.leads(Instant.EPOCH.plusSeconds(world.clock()));
    long seen = known.seenRevision();
    boolean met = isAt(lease, seen) || isAt(read(node.step()), seen);
    Candidacy next =
        new Candidacy(
            known.identity(),
            known.timing(),
            met ? seen : -1,
            met ? known.seenAt() : Instant.MIN,
            leads ? known.until() : Instant.MIN,
            leads || node.running() ? known.term() : 0);
    Step step =
        switch (node.step()) {
          case Step.LeaseSent(long expected, int sent, long term)
              when expected != (lease == null ? 0 : lease.revision()) ->
              new Step.LeaseSent(-1, 0, 0);
          case Step.TermSent(int sent, long expected) when expected != world.term() ->
              new Step.TermSent(0, -1);
          default -> node.step();
        };
    return new HandOverNode(
        next,
        step,
        node.running(),
        world.fenced()
            ? node.acting().stream().filter(fence -> fence == world.term()).toList()
            : node.acting());
  }

  private HandOverWorld form() {
    return new HandOverWorld(
        world.fenced(),
        0,
        revisions.size(),
        lease(world.lease()),
        number(world.term()),
        world.done(),
        world.nodes().stream().map(this::node).toList());
  }

  private HandOverNode node(HandOverNode node) {
    return new HandOverNode(
        known(node.known()),
        step(node.step()),
        node.running(),
        node.acting().stream().map(this::number).toList());
  }

  private Candidacy known(Candidacy known) {
    Instant now = Instant.EPOCH.plusSeconds(world.clock());
    Instant seen = known.seenAt();
    boolean longAgo = seen.isBefore(now.minus(LONG));
    boolean expired = !known.until().isAfter(now);
    return new Candidacy(
        known.identity(),
        known.timing(),
        number(known.seenRevision()),
        longAgo ? Instant.EPOCH.minus(LONG) : seen.minusSeconds(world.clock()),
        expired ? Instant.EPOCH : known.until().minusSeconds(world.clock()),
        number(known.term()));
  }

  private Step step(Step step) {
    return switch (step) {
      case Step.Rest(int until) -> new Step.Rest(Math.max(0, until - world.clock()));
      case Step.LeaseRead read -> new Step.LeaseRead(lease(read.lease()));
      case Step.BothRead read -> new Step.BothRead(lease(read.lease()), number(read.term()));
      case Step.LeaseSent(long expected, int sent, long term) ->
          new Step.LeaseSent(number(expected), time(sent), number(term));
      case Step.LeaseWritten(int sent, long term) ->
          new Step.LeaseWritten(time(sent), number(term));
      case Step.TermSent(int sent, long expected) ->
          new Step.TermSent(time(sent), number(expected));
      case Step.TermWritten(int sent, long own) -> new Step.TermWritten(time(sent), number(own));
    };
  }

  private int time(int at) {
    return Math.max(OLD, at - world.clock());
  }

  private @Nullable Lease lease(@Nullable Lease lease) {
    return lease == null ? null : new Lease(number(lease.revision()), lease.holder());
  }

  private long number(long revision) {
    return revision <= 0 ? revision : revisions.indexOf(revision) + 1L;
  }

  private static TreeSet<Long> revisions(HandOverWorld world) {
    TreeSet<Long> all = new TreeSet<>();
    add(all, world.lease());
    all.add(world.term());
    for (HandOverNode node : world.nodes()) {
      all.add(node.known().seenRevision());
      all.add(node.known().term());
      all.addAll(node.acting());
      switch (node.step()) {
        case Step.Rest rest -> {}
        case Step.LeaseRead read -> add(all, read.lease());
        case Step.BothRead read -> {
          add(all, read.lease());
          all.add(read.term());
        }
        case Step.LeaseSent(long expected, int sent, long term) ->
            all.addAll(List.of(expected, term));
        case Step.LeaseWritten(int sent, long term) -> all.add(term);
        case Step.TermSent(int sent, long expected) -> all.add(expected);
        case Step.TermWritten(int sent, long own) -> all.add(own);
      }
    }
    all.headSet(0L, true).clear();
    return all;
  }

  private static void add(TreeSet<Long> all, @Nullable Lease lease) {
    if (lease != null) {
      all.add(lease.revision());
    }
  }
}
