package dev.argosy.model.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Every state that two candidates can get into, ever: whatever the order of their steps, however
 * long each is stopped between two of them, and whatever requests and answers are lost. {@link
 * Candidacy} decides as it does in earnest. A tick is the pause between two attempts; a lease lasts
 * two.
 */
class HandOverModelTest {

  /** In ticks: a lease, and the one that the other may have seen it late. */
  private static final int BOUND = 3;

  private static Set<HandOverWorld> reachable(boolean fenced) {
    Set<HandOverWorld> known = new HashSet<>();
    Deque<HandOverWorld> open = new ArrayDeque<>();
    open.push(HandOverForm.of(HandOverWorld.start(fenced)));
    while (!open.isEmpty()) {
      HandOverWorld state = open.pop();
      if (known.add(state)) {
        state.steps(0).forEach(next -> open.push(HandOverForm.of(next)));
        state.steps(1).forEach(next -> open.push(HandOverForm.of(next)));
        open.push(HandOverForm.of(state.later()));
      }
    }
    return known;
  }

  private static boolean bothLead(HandOverWorld state) {
    return state.leads(0) && state.leads(1);
  }

  private static Optional<HandOverWorld> first(
      Set<HandOverWorld> states, Predicate<HandOverWorld> which) {
    return states.stream().filter(which).findFirst();
  }

  @Test
  void two_never_lead_and_nothing_is_done_twice_and_another_leads_in_time() {
    Set<HandOverWorld> states = reachable(true);
    assertThat(first(states, HandOverModelTest::bothLead)).isEmpty();
    assertThat(first(states, state -> state.done() > 1)).isEmpty();
    assertThat(first(states, state -> state.leads(0) && state.done() == 1)).isPresent();
    int longest = 0;
    for (HandOverWorld state : states) {
      longest = Math.max(longest, ticksWithout(state, 0));
      longest = Math.max(longest, ticksWithout(state, 1));
    }
    assertThat(longest).isEqualTo(BOUND);
  }

  /** After how many ticks the other leads if one stops for good now; its writes may still land. */
  private static int ticksWithout(HandOverWorld state, int dead) {
    int lost = ticksUntilLeads(state, 1 - dead);
    HandOverNode.Step step = state.nodes().get(dead).step();
    return step instanceof HandOverNode.Step.LeaseSent || step instanceof HandOverNode.Step.TermSent
        ? Math.max(lost, ticksUntilLeads(state.attempt(dead).getFirst(), 1 - dead))
        : lost;
  }

  private static int ticksUntilLeads(HandOverWorld from, int node) {
    HandOverWorld state = from;
    for (int ticks = 0; ticks <= 3 * BOUND; ticks++) {
      for (List<HandOverWorld> next = state.attempt(node);
          !next.isEmpty();
          next = state.attempt(node)) {
        state = next.getFirst();
      }
      if (state.leads(node)) {
        return ticks;
      }
      state = state.later();
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void without_the_fence_a_leader_that_was_stopped_does_what_is_done() {
    Set<HandOverWorld> known = new HashSet<>();
    Deque<HandOverWorld> open = new ArrayDeque<>(List.of(HandOverWorld.start(false)));
    HandOverWorld state = open.pop();
    while (state.done() < 2) {
      // breadth first: the shortest way to it is short
      for (int node = 0; node < 2; node++) {
        state.steps(node).stream().map(HandOverForm::of).filter(known::add).forEach(open::add);
      }
      Optional.of(HandOverForm.of(state.later())).filter(known::add).ifPresent(open::add);
      state = open.pop();
    }
    assertThat(state.done()).isEqualTo(2);
  }
}
