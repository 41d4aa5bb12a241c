package dev.argosy.scheduler;

import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.node.Reach;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Budgets;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.profile.Profiles;
import dev.argosy.scheduler.queue.SchedulingQueue;
import dev.argosy.scheduler.queue.SuspendedPods;
import dev.argosy.scheduler.queue.WaitingPod;
import dev.argosy.scheduler.share.Guarantees;
import dev.argosy.scheduler.topology.Services;
import dev.argosy.scheduler.volume.PodClaims;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All scheduling state, and what is done when something comes to be known. One thread. */
final class Scheduling {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduling.class);

  private final Profiles profiles;
  private final PoolGrants grants;
  private final PodClaims claims;
  private final Orders orders;
  private final Timers timers;

  private final ClusterState state = new ClusterState();
  private final Reach reach;
  private final Decision decision;
  private final Services services = new Services();
  private final Budgets budgets = new Budgets();
  private final Nominations nominations = new Nominations();
  private final Preempting preempting;
  private final NoRoom noRoom;
  private final SchedulingQueue queue = new SchedulingQueue(state.shares());
  private final SuspendedPods suspended = new SuspendedPods();
  private final GangKeeping gangs;
  private final Asking asking;

  Scheduling(
      Rules rules,
      PoolGrants grants,
      PodClaims claims,
      Orders orders,
      Timers timers,
      RandomGenerator ties) {
    this.profiles = rules.profiles();
    this.asking = new Asking(rules.calls().extenders(), orders, this::advised);
    this.grants = grants;
    this.claims = claims;
    this.orders = orders;
    this.timers = timers;
    this.reach = new Reach(state.nodes(), grants::allows);
    this.decision = new Decision(ties);
    this.preempting = new Preempting(state, nominations, budgets, this::left);
    GangTrial.Tools tools =
        new GangTrial.Tools(
            this::attempt, decision, nominations, state, preempting, new Explanations());
    this.noRoom = new NoRoom(tools, asking, queue, orders, timers, this::schedule);
    GangHearing hearing = new GangHearing(asking, queue, orders, timers);
    this.gangs =
        new GangKeeping(
            tools.with(pod -> hearing.attempt(pod, attempt(pod))),
            hearing,
            queue,
            orders,
            timers,
            this::place);
  }

  GangKeeping gangs() {
    return gangs;
  }

  SchedulingQueue queue() {
    return queue;
  }

  Services services() {
    return services;
  }

  Budgets budgets() {
    return budgets;
  }

  /** What is so now. */
  Moment moment() {
    return Moment.of(state, nominations, queue.firsts());
  }

  /** What is guaranteed to tenants has changed: pods that wait may have a claim now. */
  void takeGuarantees(Predicate<Guarantees> news) {
    if (news.test(state.shares().guarantees())) {
      queue.changed(Change.of(ClusterChange.POOLS));
    }
  }

  void takeNode(NodeView node) {
    queue.changed(state.putNode(node));
  }

  void dropNode(String name) {
    state.removeNode(name);
  }

  void takeNamespace(String cluster, String name, Map<String, String> labels) {
    state.census().namespace(cluster, name, labels);
    queue.changed(Change.of(ClusterChange.NAMESPACE_LABELS));
  }

  void volumesChanged() {
    queue.changed(Change.of(ClusterChange.VOLUMES));
  }

  void takePod(PodView seen) {
    PodView pod = profiles.seen(seen);
    gangs.see(pod);
    if (pod.ended()) {
      leave(pod.key());
    } else if (!pod.node().isEmpty()) {
      forgetWaiting(pod.key());
      queue.changed(state.bound(pod));
      preempting.after(pod).forEach(queue::retry);
    } else if (!pod.pending()) {
      forgetWaiting(pod.key());
    } else if (state.assumed(pod.key()).equals(Optional.of(pod.uid()))) {
      return;
    } else if (grants.suspended(pod.key().cluster())) {
      queue.remove(pod.key());
      asking.drop(pod.key());
      hold(pod);
    } else if (!isAskedAbout(pod)) {
      suspended.remove(pod.key());
      if (!queue.has(pod.key())) {
        nominations.put(pod, pod.rank().nominated());
      }
      queue.put(pod, timers.now());
    }
  }

  private boolean isAskedAbout(PodView pod) {
    boolean withGang = gangs.keeps(pod);
    return asking.keeps(pod) || withGang;
  }

  void takeTenants() {
    reach.forget();
    suspended.release(grants::suspended).forEach(pod -> queue.put(pod, timers.now()));
    queue.takeOf(grants::suspended).forEach(this::hold);
    asking.takeOf(grants::suspended).forEach(this::hold);
    queue.changed(Change.of(ClusterChange.POOLS));
  }

  /** Until its tenant is no longer suspended. */
  private void hold(PodView pod) {
    nominations.remove(pod.key());
    gangs.forget(pod.key());
    if (suspended.put(pod)) {
      orders.tell(pod, SuspendedPods.message(pod), "");
    }
  }

  void dropPod(ObjectKey key) {
    leave(key);
    gangs.drop(key);
  }

  private void leave(ObjectKey key) {
    forgetWaiting(key);
    Optional<String> node = state.nodeOf(key);
    state.forget(key).ifPresent(pod -> gone(pod, node.orElseThrow()));
    state.shares().gone(key);
  }

  private void gone(PodView pod, String node) {
    Change change = Change.of(ClusterChange.POD_GONE, pod);
    List<PodView> heirs = preempting.heirs(pod, node);
    if (heirs.isEmpty()) {
      queue.changed(change);
      return;
    }
    queue.left(change, other -> heirs.stream().noneMatch(h -> Nominations.comesBefore(h, other)));
    heirs.stream()
        .filter(heir -> preempting.awaits(heir).isEmpty())
        .forEach(heir -> queue.retry(heir.key()));
  }

  /** A pod went, and its room is no longer kept for another. */
  private void left(PodView gone) {
    queue.left(Change.of(ClusterChange.POD_GONE, gone), other -> true);
  }

  private void forgetWaiting(ObjectKey key) {
    suspended.remove(key);
    asking.drop(key);
    gangs.forget(key);
    queue.remove(key);
    preempting.forget(key).ifPresent(pod -> queue.changed(Change.of(ClusterChange.POD_GONE, pod)));
  }

  void schedule(WaitingPod waiting) {
    PodView pod = waiting.pod();
    if (grants.suspended(pod.key().cluster())) {
      hold(pod);
    } else if (!gangs.decides(waiting)) {
      place(waiting);
    }
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
        claims.needs(pod));
  }

  private void place(WaitingPod waiting) {
    Attempt attempt = attempt(waiting.pod());
    if (!asking.begins(waiting, attempt, decision, nominations)) {
      place(waiting, attempt);
    }
  }

  /** Extenders have answered, or one that must be heard has not. */
  private void advised(WaitingPod waiting, Optional<Advice> advice) {
    PodView pod = waiting.pod();
    if (grants.suspended(pod.key().cluster())) {
      hold(pod);
    } else if (advice.isPresent()) {
      place(waiting, attempt(pod).with(advice.get()));
    } else {
      queue.fail(waiting, timers.now());
      orders.tell(pod, Asking.NO_ANSWER, nominations.of(pod.key()).orElse(""));
    }
  }

  private void place(WaitingPod waiting, Attempt attempt) {
    PodView pod = waiting.pod();
    switch (decision.place(attempt, nominations)) {
      case Placement.Chosen(String node) -> {
        Optional<String> kept = nominations.of(pod.key());
        preempting.forget(pod.key());
        state.assume(pod, node);
        gangs.placed(pod);
        queue.changed(Change.of(ClusterChange.POD_PLACED, pod));
        kept.filter(other -> !other.equals(node)).ifPresent(other -> left(pod));
        preempting.after(pod).forEach(queue::retry);
        orders.bind(waiting, node);
      }
      case Placement.Nowhere nowhere ->
          noRoom.reject(
              waiting,
              attempt.advice().map(a -> attempt.with(a.forRoomToBeMade())).orElse(attempt),
              nowhere);
    }
  }

  /** A victim is not gone, and will not go. */
  void evictionFailed(PodView pod, ObjectKey victim) {
    LOG.info("{} was not evicted for {}", victim, pod.key());
    preempting.failed(pod.key(), victim);
    queue.retry(pod.key());
  }

  void bindingEnded(WaitingPod waiting, String node, Binder.Outcome outcome) {
    PodView pod = waiting.pod();
    switch (outcome) {
      case Binder.Outcome.Bound bound -> LOG.debug("{} is bound to {}", pod.key(), node);
      case Binder.Outcome.NotBound(String why) -> {
        LOG.info("{} was not bound to {}: {}", pod.key(), node, why);
        if (state.assumed(pod.key()).equals(Optional.of(pod.uid()))) {
          state.forget(pod.key());
          queue.fail(waiting, timers.now());
          gangs.refused(pod, node);
          queue.changed(Change.of(ClusterChange.POD_GONE, pod));
        }
      }
      case Binder.Outcome.Unknown(String why) -> {
        LOG.warn("whether {} was bound to {} is not known yet: {}", pod.key(), node, why);
        orders.checkLater(waiting, node);
      }
    }
  }
}
