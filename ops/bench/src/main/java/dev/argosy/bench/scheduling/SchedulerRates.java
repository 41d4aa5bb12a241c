package dev.argosy.bench.scheduling;

import dev.argosy.bench.Benchmark;
import dev.argosy.bench.Delays;
import dev.argosy.bench.Result;
import dev.argosy.bench.Unavailable;
import dev.argosy.bench.plane.Plane;
import dev.argosy.bench.plane.Plane.Kept;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Each workload, with objects in memory and with objects in etcd. */
public final class SchedulerRates implements Benchmark {

  private static final int MOST_ROUNDS = 8;

  private final Map<String, String> environment;

  public SchedulerRates(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public int limitSeconds() {
    return 5_400;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    Sizes sizes = Sizes.of(environment);
    warmUp(new Workloads.Basic(), sizes);
    for (Kept kept : sizes.kept()) {
      for (Workload workload : sizes.workloads()) {
        warmUp(workload, sizes);
        try (Plane plane = Plane.open(kept)) {
          Trial trial = new Trial(plane, workload, sizes.nodes(), sizes.pods(), sizes.limit());
          report(workload, kept, trial.run(true), out);
        }
      }
    }
  }

  /**
   * Until a pod costs no less than it did the time before, so that it makes no difference which
   * workload comes first, and what only this one does is compiled: a server has that after its
   * first minute.
   */
  static void warmUp(Workload workload, Sizes sizes) throws Exception, Unavailable {
    int nodes = Math.min(sizes.nodes(), 1_000);
    double before = Double.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      try (Plane plane = Plane.open(Kept.MEMORY)) {
        Trial trial = new Trial(plane, workload, nodes, 10 * nodes, sizes.limit());
        double cost = trial.run(true).cost();
        if (cost > 0.95 * before) {
          return;
        }
        before = cost;
      }
    }
  }

  private static void report(
      Workload workload, Kept kept, Trial.Measured measured, Consumer<Result> out) {
    String label =
        String.format(
            Locale.ROOT,
            "%s, %s, %,d nodes, %,d pods: ",
            workload.name(),
            kept == Kept.MEMORY ? "memory" : "etcd",
            measured.nodes(),
            measured.pods());
    String aim = String.format(Locale.ROOT, "≥ %,.0f", workload.aim());
    out.accept(new Result(label + "bound", measured.rate(), "/s", aim));
    out.accept(new Result(label + "processor time of a pod", measured.cost(), "µs", ""));
    out.accept(new Result(label + "of that, deciding", measured.deciding(), "µs", ""));
    if (measured.delays().length > 0) {
      Delays.measured(measured.delays())
          .report(label + "creation → binding at half that rate", "ms", out);
    }
    out.accept(new Result(label + "heap of the scheduler", measured.heap() / 1048576.0, "MiB", ""));
    for (Count count :
        List.of(
            new Count("not bound", measured.unbound()),
            new Count("placed against the rule", measured.wrong()))) {
      if (count.number() > 0 || count.what().startsWith("placed")) {
        out.accept(new Result(label + count.what(), count.number(), "", "0"));
      }
    }
  }

  private record Count(String what, int number) {}
}
