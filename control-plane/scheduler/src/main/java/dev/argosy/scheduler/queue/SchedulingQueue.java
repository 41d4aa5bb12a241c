package dev.argosy.scheduler.queue;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.share.Lines;
import dev.argosy.scheduler.share.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Pods that wait, each in one of three places: active (clusters take turns as their shares say, in
 * each it goes by priority, then age), backing off (by time), unschedulable (until a change that
 * one of its filters says may help, or five minutes). One thread.
 */
public final class SchedulingQueue {

  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final Comparator<WaitingPod> BY_PRIORITY =
      Comparator.<WaitingPod>comparingInt(w -> -w.pod().priority())
          .thenComparing(w -> w.pod().created())
          .thenComparing(w -> w.pod().key());
  private static final Comparator<WaitingPod> BY_TIME =
      Comparator.comparing(WaitingPod::notBefore).thenComparing(w -> w.pod().key());

  private final Lines<WaitingPod> active;
  private final TreeSet<WaitingPod> backing = new TreeSet<>(BY_TIME);
  private final Shelf unschedulable = new Shelf();
  private final Map<ObjectKey, WaitingPod> all = new HashMap<>();

  public SchedulingQueue(Shares shares) {
    this.active = new Lines<>(shares, BY_PRIORITY, WaitingPod::pod);
  }

  /**
   * A pending pod was seen. A pod that asks for the same as before stays where it is; another one
   * is tried at once.
   */
  public void put(PodView pod, Instant now) {
    WaitingPod present = all.get(pod.key());
    if (present == null || !present.pod().uid().equals(pod.uid()) || !same(present.pod(), pod)) {
      remove(pod.key());
      activate(WaitingPod.fresh(pod, now));
      return;
    }
    if (active.remove(present)) {
      activate(present.with(pod));
    } else if (backing.remove(present)) {
      backOff(present.with(pod));
    } else {
      shelve(present.with(pod));
    }
  }

  private static boolean same(PodView a, PodView b) {
    return a.demand().equals(b.demand())
        && a.company().equals(b.company())
        && a.priority() == b.priority();
  }

  public void remove(ObjectKey key) {
    WaitingPod present = all.remove(key);
    if (present != null) {
      active.remove(present);
      backing.remove(present);
      unschedulable.remove(key);
    }
  }

  private void activate(WaitingPod pod) {
    all.put(pod.pod().key(), pod);
    active.add(pod);
  }

  private void backOff(WaitingPod pod) {
    all.put(pod.pod().key(), pod);
    backing.add(pod);
  }

  private void shelve(WaitingPod pod) {
    all.put(pod.pod().key(), pod);
    unschedulable.put(pod);
  }

  /** Takes out the pods of such clusters. */
  public List<PodView> takeOf(Predicate<String> clusters) {
    List<PodView> taken = new ArrayList<>();
    for (WaitingPod waiting : all.values()) {
      if (clusters.test(waiting.pod().key().cluster())) {
        taken.add(waiting.pod());
      }
    }
    taken.forEach(pod -> remove(pod.key()));
    return taken;
  }

  /** The pod to try next; it is no longer in the queue. */
  public Optional<WaitingPod> take() {
    Optional<WaitingPod> first = active.take();
    first.ifPresent(waiting -> all.remove(waiting.pod().key()));
    return first;
  }

  /** Takes one out, wherever it waits. */
  public Optional<WaitingPod> take(ObjectKey key) {
    Optional<WaitingPod> present = Optional.ofNullable(all.get(key));
    remove(key);
    return present;
  }

  /** It was not decided about a pod that was taken out: it may be tried now. */
  public void again(WaitingPod pod) {
    activate(pod);
  }

  /** No node fits: it waits for a change that helps. */
  public void reject(WaitingPod pod, Set<Rejecter> by, Instant now) {
    active.inVain();
    shelve(tried(pod, by, now));
  }

  /** Something else went wrong: it is tried again after a pause. */
  public void fail(WaitingPod pod, Instant now) {
    backOff(tried(pod, Set.of(), now));
  }

  private static WaitingPod tried(WaitingPod pod, Set<Rejecter> by, Instant now) {
    int attempts = pod.attempts() + 1;
    long pause =
        Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempts - 1, 10));
    return new WaitingPod(pod.pod(), attempts, now, now.plusMillis(pause), by);
  }

  /** Room is being made for it: it waits for that, and is tried again without a pause. */
  public void await(WaitingPod pod, Set<Rejecter> by, Instant now) {
    active.inVain();
    shelve(new WaitingPod(pod.pod(), pod.attempts(), now, now, by));
  }

  /**
   * Room is kept for it, and its owner says by {@link #retry} when it is there. Until then it hears
   * of changes, but not of what is {@link #left} of room that was kept for others.
   */
  public void promise(WaitingPod pod, Set<Rejecter> by, Instant now) {
    active.inVain();
    shelve(new WaitingPod(pod.pod(), pod.attempts(), now, now, by, true));
  }

  /** Something changed: pods that it may help are tried again, after their pause. */
  public void changed(Change change) {
    if (!change.kinds().isEmpty()) {
      unschedulable.takeHelped(change).forEach(this::backOff);
    }
  }

  /** Room that was kept is free for such pods: those that it may help are tried again. */
  public void left(Change change, Predicate<PodView> whom) {
    unschedulable.takeHelped(change, whom).forEach(this::backOff);
  }

  /** A pod that waits for a change is tried again, after its pause. */
  public void retry(ObjectKey key) {
    WaitingPod pod = all.get(key);
    if (pod != null && unschedulable.remove(key)) {
      backOff(pod);
    }
  }

  /** Makes active what has waited long enough. */
  public void flush(Instant now) {
    while (!backing.isEmpty() && !backing.first().notBefore().isAfter(now)) {
      activate(backing.removeFirst());
    }
    unschedulable.takeSince(now.minus(LONGEST_WAIT)).forEach(this::activate);
  }

  /** When {@link #flush} will have something to do. */
  public Optional<Instant> nextFlush() {
    Optional<Instant> pause =
        backing.isEmpty() ? Optional.empty() : Optional.of(backing.first().notBefore());
    Optional<Instant> wait = unschedulable.oldest().map(since -> since.plus(LONGEST_WAIT));
    return pause.isPresent() && wait.isPresent()
        ? (pause.get().isBefore(wait.get()) ? pause : wait)
        : pause.or(() -> wait);
  }

  /** Of each cluster the pod that is tried first, if one may be tried now. */
  public List<PodView> firsts() {
    return active.firsts().stream().map(WaitingPod::pod).toList();
  }

  public boolean has(ObjectKey key) {
    return all.containsKey(key);
  }

  public int active() {
    return active.size();
  }

  public int size() {
    return all.size();
  }
}
