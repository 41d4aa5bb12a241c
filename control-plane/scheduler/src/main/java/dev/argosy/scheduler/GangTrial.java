package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.gang.GangRejecter;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Victims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives nodes to the members of a gang one after the other, each seeing where those before it went.
 * Until it is kept, all of it can be undone. For one attempt; one thread.
 */
final class GangTrial {

  /** What it works with. */
  record Tools(
      Function<PodView, Attempt> attempts,
      Decision decision,
      Nominations nominations,
      ClusterState state,
      Preempting preempting,
      Explanations explanations) {

    /** The same, with other attempts. */
    Tools with(Function<PodView, Attempt> others) {
      return new Tools(others, decision, nominations, state, preempting, explanations);
    }
  }

  /**
   * A node for a member.
   *
   * @param victims who must go from there first
   */
  record Seat(PodView pod, String node, Optional<Victims> victims) {}

  /** How often those are tried again that others of the gang may have helped by being placed. */
  private static final int ROUNDS = 4;

  private final Tools tools;
  private final List<PodView> members;
  private final int needed;
  private final Map<ObjectKey, Seat> seats = new LinkedHashMap<>();
  private final Map<ObjectKey, Placement.Nowhere> rejected = new LinkedHashMap<>();
  private final List<ClusterState.Placed> lifted = new ArrayList<>(0);
  private final List<Seat> kept = new ArrayList<>(0);
  private final Map<ObjectKey, List<String>> questions = new LinkedHashMap<>(0);

  /**
   * @param needed how many of them must find a node
   */
  GangTrial(Tools tools, List<PodView> members, int needed) {
    this.tools = tools;
    this.members = members;
    this.needed = needed;
  }

  /** Looks for room as it is; answers whether enough have found some. */
  boolean fill() {
    List<PodView> turn = members;
    for (int round = 0; round < ROUNDS && !turn.isEmpty(); round++) {
      int before = seats.size();
      turn = round(turn);
      if (seats.size() == before) {
        break;
      }
    }
    return enough();
  }

  /** Answers those for whom it may be worth to be tried again. */
  private List<PodView> round(List<PodView> turn) {
    List<PodView> again = new ArrayList<>(0);
    int left = turn.size();
    for (PodView pod : turn) {
      if (seats.size() + left + again.size() < needed) {
        return List.of();
      }
      left--;
      switch (place(pod, tools.attempts().apply(pod))) {
        case Placement.Chosen(String node) -> seat(pod, node, Optional.empty());
        case Placement.Nowhere nowhere -> {
          rejected.put(pod.key(), nowhere);
          if (nowhere.by().stream().anyMatch(r -> r.hears().contains(ClusterChange.POD_PLACED))) {
            again.add(pod);
          }
        }
      }
    }
    return again;
  }

  /** Where others have a say, first where they let it, then where they were not asked yet. */
  private Placement place(PodView pod, Attempt attempt) {
    Optional<Advice> advice = attempt.advice();
    if (advice.isPresent() && !advice.get().marks().isEmpty()) {
      Attempt known = attempt.with(advice.get().forNodesAskedAbout());
      Placement placement = tools.decision().place(known, tools.nominations());
      if (placement instanceof Placement.Chosen) {
        return placement;
      }
    }
    Placement placement = tools.decision().place(attempt, tools.nominations());
    if (advice.isPresent() && placement instanceof Placement.Chosen(String node)) {
      Set<String> nodes = new LinkedHashSet<>(List.of(node));
      nodes.addAll(tools.decision().candidates(attempt, tools.nominations()));
      questions.put(pod.key(), List.copyOf(nodes));
    }
    return placement;
  }

  /** On which nodes it relies though others have a say that were not asked, by member. */
  Map<ObjectKey, List<String>> questions() {
    return Map.copyOf(questions);
  }

  private void seat(PodView pod, String node, Optional<Victims> victims) {
    seats.put(pod.key(), new Seat(pod, node, victims));
    Optional<String> nominated = tools.nominations().of(pod.key());
    nominated.ifPresent(before -> kept.add(new Seat(pod, before, Optional.empty())));
    tools.nominations().remove(pod.key());
    tools.state().assume(pod, node);
  }

  /** Goes on as if less important pods were gone; answers whether enough have found room then. */
  boolean force() {
    List<PodView> rest = members.stream().filter(pod -> !seats.containsKey(pod.key())).toList();
    int left = rest.size();
    for (PodView pod : rest) {
      if (enough() || seats.size() + left < needed) {
        break;
      }
      left--;
      Attempt attempt = tools.attempts().apply(pod);
      switch (place(pod, attempt)) {
        case Placement.Chosen(String node) -> seat(pod, node, Optional.empty());
        case Placement.Nowhere nowhere -> {
          rejected.put(pod.key(), nowhere);
          tools.preempting().plan(attempt, nowhere).ifPresent(victims -> push(pod, victims));
        }
      }
    }
    return enough();
  }

  private void push(PodView pod, Victims victims) {
    victims.pods().forEach(v -> tools.state().lift(v.key()).ifPresent(lifted::add));
    seat(pod, victims.node(), Optional.of(victims));
  }

  private boolean enough() {
    return seats.size() >= needed;
  }

  /** Everything is as it was before. */
  void undo() {
    seats.keySet().forEach(tools.state()::forget);
    lifted.forEach(tools.state()::back);
    lifted.clear();
    kept.forEach(seat -> tools.nominations().put(seat.pod(), seat.node()));
    kept.clear();
  }

  List<Seat> seats() {
    return List.copyOf(seats.values());
  }

  /** The same members, those first that found nothing; empty if that would change nothing. */
  Optional<GangTrial> otherwise() {
    List<PodView> order = new ArrayList<>();
    members.stream().filter(this::failed).forEach(order::add);
    members.stream().filter(pod -> !failed(pod)).forEach(order::add);
    boolean alike = members.stream().allMatch(pod -> likeFirst(pod)) && !judged();
    return alike || order.equals(members)
        ? Optional.empty()
        : Optional.of(new GangTrial(tools, order, needed));
  }

  /** Whether others have a say in where members go, which may differ for each. */
  private boolean judged() {
    return tools.attempts().apply(members.getFirst()).advice().isPresent();
  }

  private boolean likeFirst(PodView pod) {
    PodView first = members.getFirst();
    return pod.demand().equals(first.demand())
        && pod.company().terms().equals(first.company().terms())
        && pod.company().spreads().equals(first.company().spreads());
  }

  private boolean failed(PodView pod) {
    return rejected.containsKey(pod.key()) && !seats.containsKey(pod.key());
  }

  /** Why one of them found nothing, or only where others must go. */
  String why() {
    return failing().map(pod -> pod.key().name() + ": " + message(pod)).orElse("");
  }

  /** The same for programs; to be asked before it is undone. */
  String detail(Instant now) {
    return failing()
        .map(tools.attempts())
        .map(attempt -> tools.explanations().ofMember(attempt, tools.nominations(), now))
        .orElse("");
  }

  private Optional<PodView> failing() {
    return members.stream()
        .filter(this::failed)
        .findFirst()
        .or(() -> members.stream().filter(pod -> rejected.containsKey(pod.key())).findFirst());
  }

  private String message(PodView pod) {
    return Optional.ofNullable(rejected.get(pod.key())).map(Placement.Nowhere::message).orElse("");
  }

  /** What may help those that found nothing, or only where others must go. */
  GangRejecter rejecter() {
    List<GangRejecter.Cause> causes = new ArrayList<>();
    Set<Object> known = new HashSet<>();
    for (PodView pod : members) {
      Placement.Nowhere nowhere = rejected.get(pod.key());
      if (nowhere != null && known.add(List.of(pod.demand(), pod.company(), nowhere.by()))) {
        causes.add(new GangRejecter.Cause(pod, nowhere.by()));
      }
    }
    return GangRejecter.of(causes);
  }
}
