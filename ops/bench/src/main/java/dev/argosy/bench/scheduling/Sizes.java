package dev.argosy.bench.scheduling;

import dev.argosy.bench.Unavailable;
import dev.argosy.bench.plane.Plane.Kept;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How large, from the environment.
 *
 * @param nodes {@code BENCH_SCHEDULER_NODES}, 5,000
 * @param pods measured ones, {@code BENCH_SCHEDULER_PODS}, 10,000
 * @param limit for binding those of one workload, {@code BENCH_SCHEDULER_SECONDS}, 60
 * @param workloads {@code BENCH_SCHEDULER_WORKLOADS}, names with commas between them; all
 * @param kept {@code BENCH_SCHEDULER_STORE}: memory, etcd; both
 */
record Sizes(int nodes, int pods, Duration limit, List<Workload> workloads, List<Kept> kept) {

  static final String WORKLOADS = "BENCH_SCHEDULER_WORKLOADS";

  static Sizes of(Map<String, String> environment) throws Unavailable {
    return new Sizes(
        number(environment, "BENCH_SCHEDULER_NODES", 5_000),
        number(environment, "BENCH_SCHEDULER_PODS", 10_000),
        Duration.ofSeconds(number(environment, "BENCH_SCHEDULER_SECONDS", 60)),
        workloads(environment.getOrDefault(WORKLOADS, "")),
        kept(environment.getOrDefault("BENCH_SCHEDULER_STORE", "")));
  }

  private static int number(Map<String, String> environment, String name, int usual)
      throws Unavailable {
    String text = environment.getOrDefault(name, Integer.toString(usual));
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as a number that is too small
    }
    throw new Unavailable(name + " must be a positive number, not " + text);
  }

  private static List<Workload> workloads(String names) throws Unavailable {
    List<Workload> all = Workloads.all();
    if (names.isEmpty()) {
      return all;
    }
    List<String> wanted = List.of(names.split(","));
    for (String name : wanted) {
      if (all.stream().noneMatch(w -> w.name().equals(name))) {
        throw new Unavailable(
            WORKLOADS
                + " names no workload with "
                + name
                + "; there are "
                + all.stream().map(Workload::name).toList());
      }
    }
    return all.stream().filter(w -> wanted.contains(w.name())).toList();
  }

  private static List<Kept> kept(String name) throws Unavailable {
    List<Kept> found =
        Stream.of(Kept.values())
            .filter(k -> name.isEmpty() || k.name().toLowerCase(Locale.ROOT).equals(name))
            .toList();
    if (found.isEmpty()) {
      throw new Unavailable("BENCH_SCHEDULER_STORE must be memory or etcd, not " + name);
    }
    return found;
  }
}
