package dev.argosy.scheduler;

import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.filter.Filters;
import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Candidate;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.queue.SchedulingQueue;
import dev.argosy.scheduler.queue.WaitingPod;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is done about a pod for which there is no room. Where extenders have a say in preemption,
 * what was found goes out to them, nothing is held meanwhile, and what they leave is looked at
 * again as things are then. One thread.
 */
final class NoRoom {

  static final String NOT_ALLOWED =
      " An extender of the scheduler lets no pods be ended for this one.";

  private final GangTrial.Tools tools;
  private final Preempting preempting;
  private final Asking asking;
  private final SchedulingQueue queue;
  private final Orders orders;
  private final Timers timers;
  private final Consumer<WaitingPod> again;

  /**
   * @param again begins with a pod from the beginning
   */
  NoRoom(
      GangTrial.Tools tools,
      Asking asking,
      SchedulingQueue queue,
      Orders orders,
      Timers timers,
      Consumer<WaitingPod> again) {
    this.tools = tools;
    this.preempting = tools.preempting();
    this.asking = asking;
    this.queue = queue;
    this.orders = orders;
    this.timers = timers;
    this.again = again;
  }

  /**
   * The pod waits, or others have to go.
   *
   * @param attempt as it is for room that is to be made
   */
  void reject(WaitingPod waiting, Attempt attempt, Placement.Nowhere nowhere) {
    if (asking.concernsRoomFor(waiting.pod())) {
      consult(waiting, attempt, nowhere);
    } else {
      settle(waiting, attempt, nowhere, preempting.instead(attempt, nowhere));
    }
  }

  private void consult(WaitingPod waiting, Attempt attempt, Placement.Nowhere nowhere) {
    Optional<String> awaited = preempting.awaits(waiting.pod());
    if (awaited.isPresent()) {
      settle(waiting, attempt, nowhere, new Preempting.Outcome.Wait(awaited.get()));
      return;
    }
    preempting.forget(waiting.pod().key());
    List<Candidate> candidates = preempting.candidates(attempt, nowhere);
    if (candidates.isEmpty()) {
      settle(waiting, attempt, nowhere, new Preempting.Outcome.Nothing());
    } else {
      asking.beginsForRoom(waiting, candidates, (pod, left) -> heard(pod, attempt, left));
    }
  }

  /** Extenders have answered, or one that must be heard has not. */
  private void heard(WaitingPod waiting, Attempt before, Optional<List<Victims>> left) {
    if (left.isEmpty()) {
      queue.fail(waiting, timers.now());
      orders.tell(waiting.pod(), Asking.NO_ANSWER, "");
      return;
    }
    Attempt plain = tools.attempts().apply(waiting.pod());
    Attempt attempt = before.advice().map(plain::with).orElse(plain);
    Attempt strict = before.advice().map(a -> plain.with(a.forNodesAskedAbout())).orElse(plain);
    switch (tools.decision().place(strict, tools.nominations())) {
      case Placement.Chosen chosen -> again.accept(waiting);
      case Placement.Nowhere nowhere -> choose(waiting, attempt, nowhere, left.get());
    }
  }

  private void choose(
      WaitingPod waiting, Attempt attempt, Placement.Nowhere nowhere, List<Victims> left) {
    Optional<Victims> chosen = preempting.choose(attempt, nowhere, left);
    if (chosen.isPresent()) {
      settle(waiting, attempt, nowhere, preempting.claim(attempt.pod(), chosen.get()));
    } else if (left.isEmpty()) {
      Set<Rejecter> by = new HashSet<>(nowhere.by());
      by.add(Filters.extenders());
      queue.reject(waiting, by, timers.now());
      orders.tell(waiting.pod(), nowhere.message() + NOT_ALLOWED, "");
    } else {
      queue.fail(waiting, timers.now());
      tell(attempt, nowhere, "");
    }
  }

  private void settle(
      WaitingPod waiting, Attempt attempt, Placement.Nowhere nowhere, Preempting.Outcome outcome) {
    PodView pod = waiting.pod();
    switch (outcome) {
      case Preempting.Outcome.Wait(String node) -> {
        queue.promise(waiting, nowhere.by(), timers.now());
        tell(attempt, nowhere, node);
      }
      case Preempting.Outcome.Evict evict -> {
        queue.promise(waiting, nowhere.by(), timers.now());
        orders.evict(pod, evict.victims());
        evict.displaced().forEach(this::displace);
        String detail =
            tools.explanations().withRoom(attempt, nowhere, tools.nominations(), timers.now());
        orders.tell(pod, nowhere.message(), detail, evict.victims().node());
      }
      case Preempting.Outcome.Nothing nothing -> {
        queue.reject(waiting, nowhere.by(), timers.now());
        tell(attempt, nowhere, "");
      }
    }
  }

  private void displace(PodView pod) {
    orders.tell(pod, pod.told(), "");
    queue.retry(pod.key());
  }

  private void tell(Attempt attempt, Placement.Nowhere nowhere, String nominated) {
    String detail = tools.explanations().of(attempt, nowhere, tools.nominations(), timers.now());
    orders.tell(attempt.pod(), nowhere.message(), detail, nominated);
  }
}
