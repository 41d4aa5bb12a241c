package dev.argosy.bench.scheduling;

import dev.argosy.bench.Benchmark;
import dev.argosy.bench.Result;
import dev.argosy.bench.plane.Plane;
import dev.argosy.bench.plane.Plane.Kept;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What deciding about a pod costs, in processor time, with 1,000, 5,000 and 15,000 nodes, in
 * memory; rules without pairs of pods may cost no more than the logarithm of the nodes.
 */
public final class SchedulerGrowth implements Benchmark {

  private static final int FIRST = 1_000;
  private static final List<Integer> MORE = List.of(5_000, 15_000);

  private final Map<String, String> environment;

  public SchedulerGrowth(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public int limitSeconds() {
    return 3_600;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    Sizes sizes = Sizes.of(environment);
    SchedulerRates.warmUp(new Workloads.Basic(), sizes);
    List<Workload> chosen =
        environment.containsKey(Sizes.WORKLOADS)
            ? sizes.workloads()
            : List.of(
                new Workloads.Basic(),
                new InZone(),
                new Spread("DoNotSchedule"),
                new Near(),
                new Apart());
    for (Workload workload : chosen) {
      SchedulerRates.warmUp(workload, sizes);
      double first = cost(workload, FIRST, sizes, out);
      for (int nodes : MORE) {
        double ratio = cost(workload, nodes, sizes, out) / first;
        String label =
            String.format(Locale.ROOT, "%s: %,d nodes / %,d nodes", workload.name(), nodes, FIRST);
        boolean pairs =
            workload instanceof Near
                || workload instanceof Apart
                || workload instanceof ApartAcross;
        String budget =
            pairs ? "" : String.format(Locale.ROOT, "≤ %.2f", Math.log(nodes) / Math.log(FIRST));
        out.accept(new Result(label, ratio, "", budget));
      }
    }
  }

  /** Microseconds of the scheduler's thread for each pod. */
  private static double cost(Workload workload, int nodes, Sizes sizes, Consumer<Result> out)
      throws Exception {
    try (Plane plane = Plane.open(Kept.MEMORY)) {
      double cost =
          new Trial(plane, workload, nodes, sizes.pods(), sizes.limit()).run(false).deciding();
      String label = String.format(Locale.ROOT, "%s, %,d nodes: a pod", workload.name(), nodes);
      out.accept(new Result(label, cost, "µs", ""));
      return cost;
    }
  }
}
