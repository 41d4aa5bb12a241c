package dev.argosy.scheduler;

import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.extender.ExtenderClient;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Candidate;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.queue.SchedulingQueue;
import dev.argosy.scheduler.queue.WaitingPod;
import dev.argosy.scheduler.volume.PodClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of all scheduling state: one thread that takes messages, and between them one pod after
 * the other. No method but {@link #run} touches that state: they put a message into the mailbox, or
 * look at it.
 */
final class SchedulerLoop {

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLoop.class);
  private static final Duration RECHECK = Duration.ofSeconds(2);

  private final Calls calls;
  private final ExtenderCalls extending;
  private final Timers timers;
  private final Scheduling scheduling;
  private final SchedulingQueue queue;
  private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private Instant alarm = Instant.MIN;

  SchedulerLoop(
      Rules rules,
      PoolGrants grants,
      PodClaims claims,
      Calls calls,
      Timers timers,
      RandomGenerator ties) {
    this.calls = calls;
    this.extending = rules.calls();
    this.timers = timers;
    this.scheduling = new Scheduling(rules, grants, claims, new Outside(), timers, ties);
    this.queue = scheduling.queue();
  }

  /** Has this done by the owner of the state. */
  void tell(Consumer<Scheduling> message) {
    mailbox.add(() -> message.accept(scheduling));
  }

  /** Whether there is no message that was not taken. Any thread. */
  boolean knowsAll() {
    return mailbox.isEmpty();
  }

  /** Comes when this runs: what informers saw first was told before. */
  CompletableFuture<Void> begun() {
    return begun.copy();
  }

  /** Until interrupted. */
  void run() {
    begun.complete(null);
    try {
      while (true) {
        receive();
        queue.flush(timers.now());
        Optional<WaitingPod> next = queue.take();
        if (next.isPresent()) {
          guarded(() -> scheduling.schedule(next.get()));
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

  /** Has it done in the background, and takes the outcome as a message. */
  private final class Outside implements Orders {

    @Override
    public void bind(WaitingPod pod, String node) {
      calls.binder().bind(pod.pod(), node, outcome -> ended(pod, node, outcome));
    }

    @Override
    public void checkLater(WaitingPod pod, String node) {
      timers.after(
          RECHECK,
          () -> calls.binder().check(pod.pod(), node, outcome -> ended(pod, node, outcome)));
    }

    private void ended(WaitingPod pod, String node, Binder.Outcome outcome) {
      tell(s -> s.bindingEnded(pod, node, outcome));
    }

    @Override
    public void evict(PodView pod, Victims victims) {
      for (PodView victim : victims.pods()) {
        if (!victim.deleting()) {
          calls
              .evictions()
              .evict(
                  victim,
                  pod,
                  victims.node(),
                  () -> tell(s -> s.evictionFailed(pod, victim.key())));
        }
      }
    }

    @Override
    public void end(PodView member, String why) {
      calls.evictions().end(member, why);
    }

    @Override
    public void ask(
        PodView pod,
        List<String> nodes,
        List<ExtenderClient> extenders,
        Consumer<Optional<Advice>> then) {
      extending.ask(pod, nodes, extenders, advice -> mailbox.add(() -> then.accept(advice)));
    }

    @Override
    public void askWhom(
        PodView pod,
        List<Candidate> candidates,
        List<ExtenderClient> extenders,
        Consumer<Optional<List<Victims>>> then) {
      extending.askWhom(pod, candidates, extenders, left -> mailbox.add(() -> then.accept(left)));
    }

    @Override
    public void later(Duration pause, Runnable work) {
      timers.after(pause, () -> mailbox.add(work));
    }

    @Override
    public void tell(PodView pod, String message, String detail, String nominated) {
      calls.statuses().tell(pod, message, detail, nominated);
    }

    private void tell(Consumer<Scheduling> message) {
      SchedulerLoop.this.tell(message);
    }
  }
}
