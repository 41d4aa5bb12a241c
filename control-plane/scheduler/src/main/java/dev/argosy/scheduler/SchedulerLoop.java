package dev.argosy.scheduler;

import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.filter.ClusterChange;
import dev.argosy.scheduler.filter.Filter;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.queue.SchedulingQueue;
import dev.argosy.scheduler.queue.SuspendedPods;
import dev.argosy.scheduler.queue.WaitingPod;
import dev.argosy.scheduler.volume.PodClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of all scheduling state: one thread that takes messages, and between them one pod after
 * the other. Every method but {@link #run} only puts a message into the mailbox.
 */
final class SchedulerLoop {

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLoop.class);
  private static final Duration RECHECK = Duration.ofSeconds(2);

  private final PoolGrants grants;
  private final PodClaims claims;
  private final Binder binder;
  private final Timers timers;
  private final RandomGenerator ties;
  private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();

  private final ClusterState state = new ClusterState();
  private final SchedulingQueue queue = new SchedulingQueue();
  private final SuspendedPods suspended = new SuspendedPods();
  private Instant alarm = Instant.MIN;

  SchedulerLoop(
      PoolGrants grants, PodClaims claims, Binder binder, Timers timers, RandomGenerator ties) {
    this.grants = grants;
    this.claims = claims;
    this.binder = binder;
    this.timers = timers;
    this.ties = ties;
  }

  void pod(PodView pod) {
    mailbox.add(() -> takePod(pod));
  }

  void podGone(ObjectKey key) {
    mailbox.add(() -> dropPod(key));
  }

  void node(NodeView node) {
    mailbox.add(() -> queue.changed(state.putNode(node)));
  }

  void nodeGone(String name) {
    mailbox.add(() -> state.removeNode(name));
  }

  void tenantsChanged() {
    mailbox.add(this::takeTenants);
  }

  /** Until interrupted. */
  void run() {
    try {
      while (true) {
        receive();
        queue.flush(timers.now());
        Optional<WaitingPod> next = queue.take();
        if (next.isPresent()) {
          guarded(() -> schedule(next.get()));
        } else {
          setAlarm();
          guarded(mailbox.take());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the scheduler stops");
    }
  }

  private void receive() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    for (Runnable message = mailbox.poll(); message != null; message = mailbox.poll()) {
      guarded(message);
    }
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("the scheduler failed at one step and goes on", e);
    }
  }

  /** Has the loop woken when something in the queue falls due. */
  private void setAlarm() {
    Instant now = timers.now();
    Optional<Instant> next = queue.nextFlush();
    boolean set = alarm.isAfter(now);
    if (next.isPresent() && !(set && !alarm.isAfter(next.get()))) {
      alarm = next.get();
      timers.after(Duration.between(now, next.get()), () -> mailbox.add(() -> {}));
    }
  }

  private void takePod(PodView pod) {
    if (pod.ended()) {
      dropPod(pod.key());
    } else if (!pod.node().isEmpty()) {
      forgetWaiting(pod.key());
      state.bound(pod);
    } else if (!pod.pending()) {
      forgetWaiting(pod.key());
    } else if (state.assumed(pod.key()).equals(Optional.of(pod.uid()))) {
      return;
    } else if (grants.suspended(pod.key().cluster())) {
      queue.remove(pod.key());
      hold(pod);
    } else {
      suspended.remove(pod.key());
      queue.put(pod, timers.now());
    }
  }

  private void takeTenants() {
    suspended.release(grants::suspended).forEach(pod -> queue.put(pod, timers.now()));
    queue.takeOf(grants::suspended).forEach(this::hold);
    queue.changed(EnumSet.of(ClusterChange.POOLS));
  }

  /** Until its tenant is no longer suspended. */
  private void hold(PodView pod) {
    if (suspended.put(pod)) {
      binder.tellUnschedulable(pod, SuspendedPods.message(pod));
    }
  }

  private void dropPod(ObjectKey key) {
    forgetWaiting(key);
    if (state.forget(key)) {
      queue.changed(EnumSet.of(ClusterChange.POD_GONE));
    }
  }

  private void forgetWaiting(ObjectKey key) {
    suspended.remove(key);
    queue.remove(key);
  }

  private void schedule(WaitingPod waiting) {
    PodView pod = waiting.pod();
    String cluster = pod.key().cluster();
    if (grants.suspended(cluster)) {
      hold(pod);
      return;
    }
    List<NodeState> nodes = state.nodes(pool -> grants.allows(cluster, pool));
    switch (Decision.place(claims.demand(pod), nodes, ties)) {
      case Placement.Chosen(String node) -> {
        state.assume(pod, node);
        binder.bind(pod, node, outcome -> mailbox.add(() -> bindingEnded(waiting, node, outcome)));
      }
      case Placement.Nowhere nowhere -> {
        Set<Filter> by = nowhere.by();
        queue.reject(waiting, by, timers.now());
        binder.tellUnschedulable(pod, nowhere.message());
      }
    }
  }

  private void bindingEnded(WaitingPod waiting, String node, Binder.Outcome outcome) {
    PodView pod = waiting.pod();
    switch (outcome) {
      case Binder.Outcome.Bound bound -> LOG.debug("{} is bound to {}", pod.key(), node);
      case Binder.Outcome.NotBound(String why) -> {
        LOG.info("{} was not bound to {}: {}", pod.key(), node, why);
        if (state.assumed(pod.key()).equals(Optional.of(pod.uid()))) {
          state.forget(pod.key());
          queue.fail(waiting, timers.now());
          queue.changed(EnumSet.of(ClusterChange.POD_GONE));
        }
      }
      case Binder.Outcome.Unknown(String why) -> {
        LOG.warn("whether {} was bound to {} is not known yet: {}", pod.key(), node, why);
        timers.after(
            RECHECK,
            () ->
                binder.check(
                    pod, node, later -> mailbox.add(() -> bindingEnded(waiting, node, later))));
      }
    }
  }
}
