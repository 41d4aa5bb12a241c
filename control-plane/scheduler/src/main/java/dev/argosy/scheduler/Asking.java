package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.extender.ExtenderClient;
import dev.argosy.scheduler.extender.Extenders;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Candidate;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.queue.WaitingPod;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Pods about which extenders are asked, or will be: they are in no queue meanwhile, and others go
 * on. Only so many are asked about at once; clusters take turns. One thread.
 */
final class Asking {

  static final String NO_ANSWER =
      "an extender of the scheduler, which must be asked, did not answer";

  static final int AT_ONCE = 32;

  /** Has somebody asked about a pod. */
  private interface Question<T> {
    void put(PodView pod, Consumer<Optional<T>> then);
  }

  /** One pod that is asked about, as it was last seen. */
  private static final class Open<T> {
    private final Question<T> question;
    private final BiConsumer<WaitingPod, Optional<T>> then;
    private WaitingPod waiting;

    Open(WaitingPod waiting, Question<T> question, BiConsumer<WaitingPod, Optional<T>> then) {
      this.waiting = waiting;
      this.question = question;
      this.then = then;
    }
  }

  private final Extenders extenders;
  private final Orders orders;
  private final BiConsumer<WaitingPod, Optional<Advice>> then;
  private final Map<ObjectKey, Open<?>> open = new HashMap<>();
  private final LinkedHashMap<String, Deque<Open<?>>> lines = new LinkedHashMap<>();
  private int running;

  /**
   * @param then what is done with an answer of where a pod may go; empty if there is none
   */
  Asking(Extenders extenders, Orders orders, BiConsumer<WaitingPod, Optional<Advice>> then) {
    this.extenders = extenders;
    this.orders = orders;
    this.then = then;
  }

  /** Whether somebody has a say in where the pod may go. */
  boolean concerns(PodView pod) {
    return !extenders.judges(pod).isEmpty();
  }

  /**
   * Asks where a member of a gang may go.
   *
   * @param answered what is done with an answer; empty if there is none
   */
  void beginsForMember(
      WaitingPod waiting, List<String> nodes, BiConsumer<WaitingPod, Optional<Advice>> answered) {
    begin(waiting, nodes, extenders.judges(waiting.pod()), answered);
  }

  private void begin(
      WaitingPod waiting,
      List<String> nodes,
      List<ExtenderClient> judges,
      BiConsumer<WaitingPod, Optional<Advice>> answered) {
    begin(new Open<>(waiting, (pod, answer) -> orders.ask(pod, nodes, judges, answer), answered));
  }

  /** Asks, if somebody must be asked about the pod and it fits somewhere; answers whether. */
  boolean begins(WaitingPod waiting, Attempt attempt, Decision decision, Nominations nominations) {
    List<ExtenderClient> judges = extenders.judges(waiting.pod());
    if (judges.isEmpty()) {
      return false;
    }
    List<String> nodes = decision.candidates(attempt, nominations);
    if (nodes.isEmpty()) {
      return false;
    }
    begin(waiting, nodes, judges, then);
    return true;
  }

  /** Whether somebody has a say in which pods may be ended so that there is room for this one. */
  boolean concernsRoomFor(PodView pod) {
    return !extenders.preempting(pod).isEmpty();
  }

  /**
   * Asks whom room for the pod may cost.
   *
   * @param chosen what is done with what is left of the candidates; empty if there is no answer
   */
  void beginsForRoom(
      WaitingPod waiting,
      List<Candidate> candidates,
      BiConsumer<WaitingPod, Optional<List<Victims>>> chosen) {
    List<ExtenderClient> those = extenders.preempting(waiting.pod());
    begin(
        new Open<>(
            waiting, (pod, answer) -> orders.askWhom(pod, candidates, those, answer), chosen));
  }

  private void begin(Open<?> asked) {
    ObjectKey key = asked.waiting.pod().key();
    open.put(key, asked);
    lines.computeIfAbsent(key.cluster(), c -> new ArrayDeque<>()).add(asked);
    next();
  }

  private void next() {
    while (running < AT_ONCE && !lines.isEmpty()) {
      Map.Entry<String, Deque<Open<?>>> line = lines.pollFirstEntry();
      Open<?> first = line.getValue().removeFirst();
      if (!line.getValue().isEmpty()) {
        lines.put(line.getKey(), line.getValue());
      }
      if (open.get(first.waiting.pod().key()) == first) {
        running++;
        put(first);
      }
    }
  }

  private <T> void put(Open<T> asked) {
    asked.question.put(asked.waiting.pod(), answer -> answered(asked, answer));
  }

  private <T> void answered(Open<T> asked, Optional<T> answer) {
    running--;
    boolean wanted = open.remove(asked.waiting.pod().key(), asked);
    next();
    if (wanted) {
      asked.then.accept(asked.waiting, answer);
    }
  }

  /** A pending pod was seen; answers whether it is asked about, and nothing need be done. */
  boolean keeps(PodView pod) {
    Open<?> asked = open.get(pod.key());
    if (asked == null) {
      return false;
    }
    if (!same(asked.waiting.pod(), pod)) {
      open.remove(pod.key());
      return false;
    }
    asked.waiting = asked.waiting.with(pod);
    return true;
  }

  /** Whether what is said of one of them is true of the other. */
  static boolean same(PodView asked, PodView now) {
    return asked.uid().equals(now.uid())
        && asked.demand().equals(now.demand())
        && asked.company().equals(now.company());
  }

  /** What is said of pods of such clusters is of no interest any more; answers these pods. */
  List<PodView> takeOf(Predicate<String> clusters) {
    List<PodView> taken =
        open.values().stream()
            .map(asked -> asked.waiting.pod())
            .filter(pod -> clusters.test(pod.key().cluster()))
            .toList();
    taken.forEach(pod -> open.remove(pod.key()));
    return taken;
  }

  /** What is said of it is of no interest any more. */
  void drop(ObjectKey pod) {
    open.remove(pod);
  }
}
