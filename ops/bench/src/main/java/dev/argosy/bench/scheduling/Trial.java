package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Effort;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.scheduler.SchedulerConfig;
import dev.argosy.scheduler.SchedulerService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One workload on one store: first all pods at once, waiting when the scheduler begins; then some
 * at half of the rate that it showed, for the time from creation to binding.
 */
final class Trial {

  /** How measured pods' names begin. */
  static final String MEASURED = "measured-";

  private static final String PACED = MEASURED + "paced-";
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration NO_MORE = Duration.ofSeconds(5);
  private static final int PACED_SECONDS = 8;
  private static final int MOST_A_SECOND = 2_000;

  private final Plane plane;
  private final Workload workload;
  private final int nodes;
  private final int pods;
  private final Duration limit;

  /**
   * What is to be measured.
   *
   * @param usual pods, where the workload does not want others
   * @param limit of the first part; what was bound by then counts
   */
  Trial(Plane plane, Workload workload, int nodes, int usual, Duration limit) {
    this.plane = plane;
    this.workload = workload;
    this.nodes = workload.nodes(nodes);
    this.pods = workload.pods(usual, this.nodes);
    this.limit = limit;
  }

  /**
   * What came of it.
   *
   * @param rate pods a second, of those bound in time
   * @param cost microseconds of processor time that the process needed for each pod, from the
   *     scheduler's start on; creating them is not in it
   * @param deciding microseconds of the scheduler's own thread in that
   * @param unbound of those that waited at first
   * @param delays in milliseconds; empty if none were made or bound
   * @param heap bytes that were free once the scheduler was closed
   * @param wrong pods against the workload's rule, and nodes over capacity
   */
  record Measured(
      int nodes,
      int pods,
      double rate,
      double cost,
      double deciding,
      int unbound,
      double[] delays,
      long heap,
      int wrong) {}

  /** Once. */
  Measured run(boolean paced) throws Exception {
    plane.nodes(nodes, workload::node);
    workload.prepare(plane, nodes);
    Plane.each(pods, n -> make(MEASURED + n, n));
    SchedulerService scheduler =
        new SchedulerService(plane.clients(), SchedulerConfig.of("bench"), plane.timers);
    try (Bindings bindings = new Bindings(plane)) {
      double rate;
      int bound;
      double[] delays = {};
      Effort effort = Effort.begin("scheduler");
      double cost;
      double deciding;
      try (AutoCloseable disturbance = workload.disturb(plane)) {
        scheduler.start();
        bound = await(bindings, pods, FIRST);
        cost = effort.micros(Math.max(1, bound));
        deciding = effort.threadMicros(Math.max(1, bound));
        rate = bound < 2 ? 0 : (bound - 1) / (bindings.span() / 1e9);
        if (paced && bound == pods) {
          delays = paced(bindings, rate);
        }
      }
      long with = Plane.used();
      scheduler.close();
      long heap = with - Plane.used();
      Placement placement = Placement.of(plane);
      int wrong = workload.misplaced(placement) + placement.overfull();
      return new Measured(nodes, pods, rate, cost, deciding, pods - bound, delays, heap, wrong);
    } finally {
      scheduler.close();
    }
  }

  private void make(String name, int number) {
    ResourceScope scope =
        ResourceScope.namespace(Plane.PODS, Plane.TENANT, workload.namespace(number));
    Plane.asked(() -> plane.client().create(scope, workload.pod(name, number)));
  }

  /** Until so many are bound, or no more are, or the time is over; answers how many are. */
  private int await(Bindings bindings, int wanted, Duration first) throws InterruptedException {
    long start = System.nanoTime();
    long changed = start;
    int before = 0;
    while (true) {
      int now = bindings.count();
      long time = System.nanoTime();
      if (now > before) {
        start = before == 0 ? time : start;
        changed = time;
        before = now;
      }
      Duration patience = before == 0 ? first : NO_MORE;
      if (now >= wanted
          || time - changed > patience.toNanos()
          || (before > 0 && time - start > limit.toNanos())) {
        return now;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Pods that come one by one, evenly, from one thread. */
  private double[] paced(Bindings bindings, double rate) throws InterruptedException {
    double pace = Math.min(rate / 2, MOST_A_SECOND);
    int count = (int) Math.max(20, Math.min(pace * PACED_SECONDS, pods / 2.0));
    long[] made = new long[count];
    long start = System.nanoTime();
    for (int n = 0; n < count; n++) {
      long due = start + (long) (n * 1e9 / pace);
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      made[n] = System.nanoTime();
      make(PACED + n, n);
    }
    await(bindings, pods + count, NO_MORE);
    double[] delays = new double[count];
    int bound = 0;
    for (int n = 0; n < count; n++) {
      if (bindings.at(PACED + n).isPresent()) {
        delays[bound++] = (bindings.at(PACED + n).getAsLong() - made[n]) / 1e6;
      }
    }
    return java.util.Arrays.copyOf(delays, bound);
  }
}
