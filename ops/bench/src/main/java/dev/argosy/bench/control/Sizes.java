package dev.argosy.bench.control;

import dev.argosy.bench.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How large, from the environment.
 *
 * @param pods of the one Deployment that is rolled out, {@code BENCH_CONTROLLERS_PODS}, 10,000
 * @param objects of the namespace that is deleted, {@code BENCH_CONTROLLERS_OBJECTS}, 50,000
 * @param deployments that change at once, {@code BENCH_CONTROLLERS_DEPLOYMENTS}, 1,000
 * @param tenants that are idle, {@code BENCH_CONTROLLERS_TENANTS}, 10,000
 * @param changing objects of the busy tenant, {@code BENCH_CONTROLLERS_CHANGING}, 100,000
 * @param limit for each step, {@code BENCH_CONTROLLERS_SECONDS}, 600
 */
record Sizes(int pods, int objects, int deployments, int tenants, int changing, Duration limit) {

  static Sizes of(Map<String, String> environment) throws Unavailable {
    return new Sizes(
        number(environment, "PODS", 10_000),
        number(environment, "OBJECTS", 50_000),
        number(environment, "DEPLOYMENTS", 1_000),
        number(environment, "TENANTS", 10_000),
        number(environment, "CHANGING", 100_000),
        Duration.ofSeconds(number(environment, "SECONDS", 600)));
  }

  /** The parts that {@code BENCH_CONTROLLERS_PARTS} names, with commas; all if it is not set. */
  static List<Part> chosen(List<Part> all, Map<String, String> environment) throws Unavailable {
    String names = environment.getOrDefault("BENCH_CONTROLLERS_PARTS", "");
    if (names.isEmpty()) {
      return all;
    }
    List<String> wanted = List.of(names.split(","));
    List<String> there = all.stream().map(Part::name).toList();
    if (!there.containsAll(wanted)) {
      throw new Unavailable("BENCH_CONTROLLERS_PARTS: there are " + there + ", not " + names);
    }
    return all.stream().filter(part -> wanted.contains(part.name())).toList();
  }

  private static int number(Map<String, String> environment, String what, int usual)
      throws Unavailable {
    String name = "BENCH_CONTROLLERS_" + what;
    String text = environment.getOrDefault(name, Integer.toString(usual));
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new Unavailable(name + " must be a positive number, not " + text);
    }
    return Integer.parseInt(text);
  }
}
