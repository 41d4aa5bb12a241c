package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.gang.Gang;
import dev.argosy.scheduler.gang.Gangs;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.queue.SchedulingQueue;
import dev.argosy.scheduler.queue.WaitingPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what becomes of gangs, so that none of them stays half: those whose rest does not come to
 * be bound in time are ended, and begin anew. One thread.
 */
final class GangKeeping {

  private static final Logger LOG = LoggerFactory.getLogger(GangKeeping.class);

  private final Gangs gangs = new Gangs();
  private final GangScheduling scheduling;
  private final GangHearing hearing;
  private final Nominations nominations;
  private final SchedulingQueue queue;
  private final Orders orders;
  private final Timers timers;

  /**
   * @param alone places a pod that its gang does not hold back
   */
  GangKeeping(
      GangTrial.Tools tools,
      GangHearing hearing,
      SchedulingQueue queue,
      Orders orders,
      Timers timers,
      Consumer<WaitingPod> alone) {
    this.scheduling = new GangScheduling(tools, hearing, queue, orders, timers, alone);
    this.hearing = hearing;
    this.nominations = tools.nominations();
    this.queue = queue;
    this.orders = orders;
    this.timers = timers;
  }

  void see(PodView pod) {
    gangs.see(pod).ifPresent(this::review);
  }

  /** A pending pod was seen; answers whether its gang is asked about, and nothing need be done. */
  boolean keeps(PodView pod) {
    return hearing.keeps(pod);
  }

  /** A pod waits no more, or for something else than its gang. */
  void forget(ObjectKey pod) {
    hearing.drop(pod);
  }

  void drop(ObjectKey pod) {
    gangs.drop(pod).ifPresent(this::review);
  }

  void put(PodGroup group) {
    Gang gang = gangs.put(group);
    wake(gang);
    review(gang);
  }

  void remove(PodGroup group) {
    gangs.find(group.key()).ifPresent(this::wake);
    gangs.remove(group);
  }

  private void wake(Gang gang) {
    gang.waiting().forEach(pod -> queue.retry(pod.key()));
  }

  /** Decides for the pod and all of its gang, if it is in one that is not whole. */
  boolean decides(WaitingPod waiting) {
    Optional<Gang> gang = gangs.of(waiting.pod()).filter(g -> !g.whole());
    gang.ifPresent(g -> scheduling.decide(g, waiting));
    return gang.isPresent();
  }

  /** A node was chosen for a pod by itself. */
  void placed(PodView pod) {
    gangs.of(pod).ifPresent(gang -> gang.placed(pod));
  }

  /** A pod did not come to be bound; its gang needs the room all the same. */
  void refused(PodView pod, String node) {
    gangs
        .of(pod)
        .ifPresent(gang -> {
          gang.refused(pod);
          if (!gang.whole()) {
            nominations.put(pod, node);
          }
          review(gang);
        });
  }

  private void review(Gang gang) {
    if (gang.hasRisen()) {
      wake(gang);
    }
    gang.becameHalf(timers.now()).ifPresent(since -> look(gang, since, gang.patience()));
  }

  private void look(Gang gang, Instant since, Duration pause) {
    orders.later(pause, () -> stillHalf(gang.key(), since));
  }

  private void stillHalf(ObjectKey key, Instant since) {
    Optional<Gang> found = gangs.find(key).filter(g -> g.halfSince().equals(Optional.of(since)));
    if (found.isEmpty()) {
      return;
    }
    Gang gang = found.get();
    Duration left = Duration.between(timers.now(), since.plus(gang.patience()));
    if (left.isPositive()) {
      look(gang, since, left);
      return;
    }
    String why =
        gang.says(
            gang.missing()
                + " more members were not bound within "
                + gang.patience().toSeconds()
                + " s; those that were end, so that all begin together");
    LOG.info("{}: {}", key, why);
    gang.bound().forEach(pod -> orders.end(pod, why));
    gang.halfAgain();
    review(gang);
  }
}
