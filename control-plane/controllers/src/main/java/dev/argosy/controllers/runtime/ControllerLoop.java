package dev.argosy.controllers.runtime;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of one controller: take a key, reconcile it, give it back. */
public final class ControllerLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);

  private final String name;
  private final KeyQueue queue;
  private final Reconciler reconciler;
  private final int workers;
  private volatile LoopMetrics metrics = new LoopMetrics(Metrics.none(), "");
  private final List<Thread> threads = new ArrayList<>();

  /**
   * A loop that does not run yet.
   *
   * @param share how many keys of one logical cluster are worked on at once at most; there are
   *     twice as many workers, so that other clusters find some free
   */
  public ControllerLoop(String name, KeyQueue queue, Reconciler reconciler, int share) {
    this.name = name;
    this.queue = queue;
    this.reconciler = reconciler;
    this.workers = 2 * share;
  }

  public String name() {
    return name;
  }

  /** Measures from now on. */
  public void measure(LoopMetrics measurements) {
    metrics = measurements;
  }

  /** How many keys wait. */
  public int waiting() {
    return queue.size();
  }

  /** Whether there is nothing to do at this moment. */
  public boolean idle() {
    return queue.idle();
  }

  public synchronized void start() {
    for (int i = 0; i < workers; i++) {
      threads.add(Thread.ofVirtual().name(name + "-" + i).start(this::run));
    }
  }

  private void run() {
    try {
      for (Optional<ObjectKey> key = queue.take(workers);
          key.isPresent();
          key = queue.take(workers)) {
        long begin = System.nanoTime();
        Outcome outcome = reconcile(key.get());
        metrics.done(outcome, System.nanoTime() - begin);
        queue.finish(key.get(), outcome);
      }
    } catch (InterruptedException e) {
      LOG.debug("{} stops", name);
    }
  }

  private Outcome reconcile(ObjectKey key) throws InterruptedException {
    Outcome outcome;
    try {
      outcome = reconciler.reconcile(key);
    } catch (StatusException e) {
      outcome = Outcome.of(e.status());
    } catch (RuntimeException e) {
      LOG.error("{} failed on {}", name, key, e);
      outcome = new Outcome.Retry(e.toString());
    }
    switch (outcome) {
      case Outcome.Retry(String why) -> LOG.debug("{} will retry {}: {}", name, key, why);
      case Outcome.Failed(String why) -> LOG.warn("{} gives up on {}: {}", name, key, why);
      case Outcome.Done done -> LOG.trace("{} is done with {}", name, key);
      case Outcome.RequeueAfter later -> LOG.trace("{} looks again at {}", name, key);
    }
    return outcome;
  }

  /** Stops at once: no key is taken any more, and those out are interrupted and waited for. */
  @Override
  public synchronized void close() {
    queue.close();
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(2000);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    threads.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
