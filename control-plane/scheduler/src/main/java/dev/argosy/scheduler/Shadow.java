package dev.argosy.scheduler;

import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.explain.Explanation;
import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.node.Reach;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Budgets;
import dev.argosy.scheduler.preempt.Preemption;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.profile.Profiles;
import dev.argosy.scheduler.share.Shares;
import dev.argosy.scheduler.topology.Services;
import dev.argosy.scheduler.volume.Needs;
import dev.argosy.scheduler.whatif.Share;
import dev.argosy.scheduler.whatif.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A scheduler's state of its own, made of a moment of the real one, on which pods are placed by the
 * same rules and nothing is told to anybody. One thread.
 */
final class Shadow implements Stage {

  private final ClusterState state = new ClusterState();
  private final Nominations nominations = new Nominations();
  private final Services services = new Services();
  private final Budgets budgets = new Budgets();
  private final Preemption preemption = new Preemption(budgets);
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final Profiles profiles;
  private final Reach reach;
  private final Decision decision;
  private final Function<PodView, Needs> needs;
  private final Claims claims = new Claims(state.shares(), nominations, budgets);
  private final List<PodView> next;
  private Optional<Advice> advice = Optional.empty();

  /**
   * @param allows whether a cluster may use a pool
   * @param needs what a pod's volumes ask for
   * @param ties chooses between nodes that are equally good
   */
  Shadow(
      Profiles profiles,
      Moment moment,
      BiPredicate<String, String> allows,
      Function<PodView, Needs> needs,
      RandomGenerator ties) {
    this.profiles = profiles;
    this.reach = new Reach(state.nodes(), allows);
    this.decision = new Decision(ties);
    this.needs = needs;
    this.next = moment.next();
    moment.nodes().forEach(state::putNode);
    moment.placed().forEach(p -> state.assume(p.pod(), p.node()));
    moment.nominated().forEach(n -> nominations.put(n.pod(), n.node()));
  }

  ClusterState state() {
    return state;
  }

  Services services() {
    return services;
  }

  Budgets budgets() {
    return budgets;
  }

  @Override
  public Scene begin() {
    int before = undo.size();
    return () -> {
      while (undo.size() > before) {
        undo.pop().run();
      }
    };
  }

  private Attempt attempt(PodView pod) {
    Profile profile = profiles.of(pod);
    return new Attempt(
        profile.shape(pod),
        profile,
        state.nodes(),
        reach.of(pod.key().cluster()),
        state.census(),
        profile.usual(pod, services),
        needs.apply(pod),
        advice);
  }

  @Override
  public Optional<String> place(PodView pod) {
    return switch (decision.place(attempt(pod), nominations)) {
      case Placement.Chosen(String node) -> {
        state.assume(pod, node);
        undo.push(() -> state.forget(pod.key()));
        yield Optional.of(node);
      }
      case Placement.Nowhere nowhere -> Optional.empty();
    };
  }

  @Override
  public Explanation explain(PodView pod) {
    return Explanations.of(attempt(pod), nominations);
  }

  @Override
  public String message(PodView pod) {
    return decision.place(attempt(pod), nominations) instanceof Placement.Nowhere nowhere
        ? nowhere.message()
        : "";
  }

  @Override
  public List<String> fitting(PodView pod) {
    return decision.fitting(attempt(pod), nominations);
  }

  @Override
  public void advise(Advice given) {
    Optional<Advice> before = advice;
    advice = Optional.of(given);
    undo.push(() -> advice = before);
  }

  @Override
  public Share share(PodView pod, int count) {
    Shares shares = state.shares();
    List<PodView> others =
        next.stream().filter(p -> !p.key().cluster().equals(pod.key().cluster())).toList();
    return new Share(
        shares.guaranteed(pod, nominations.besides(pod), count),
        shares.first(others).map(other -> shares.ahead(pod, other, count)).orElse(count));
  }

  @Override
  public Optional<Victims> claims(PodView pod) {
    Attempt attempt = attempt(pod);
    return attempt.pod().rank().preempts()
            && decision.place(attempt, nominations) instanceof Placement.Nowhere nowhere
        ? claims.plan(attempt, nowhere, new Rehearsal(attempt, state, nominations))
        : Optional.empty();
  }

  @Override
  public Optional<Victims> victims(PodView pod) {
    Attempt attempt = attempt(pod);
    if (decision.place(attempt, nominations) instanceof Placement.Nowhere nowhere
        && !nowhere.crowded().isEmpty()) {
      Rehearsal rehearsal = new Rehearsal(attempt, state, nominations);
      return preemption.plan(pod, attempt.among(), nowhere.crowded(), rehearsal);
    }
    return Optional.empty();
  }

  @Override
  public void remove(PodView pod) {
    Optional<String> node = state.nodeOf(pod.key());
    state
        .forget(pod.key())
        .ifPresent(gone -> undo.push(() -> state.assume(gone, node.orElseThrow())));
  }

  @Override
  public void add(NodeView node) {
    state.putNode(node);
    undo.push(() -> state.removeNode(node.name()));
  }

  @Override
  public List<NodeView> nodes(String cluster) {
    NodeSet among = reach.of(cluster);
    List<NodeView> nodes = new ArrayList<>();
    for (int i = 0; i < among.size(); i++) {
      nodes.add(state.nodes().at(among.slot(i)).node());
    }
    return nodes;
  }

  @Override
  public List<PodView> pods(String cluster, String namespace) {
    List<PodView> pods = new ArrayList<>();
    state.forEach((pod, node) -> {
      if (pod.key().cluster().equals(cluster) && pod.key().namespace().equals(namespace)) {
        pods.add(pod);
      }
    });
    return pods;
  }
}
