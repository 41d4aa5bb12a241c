package dev.argosy.bench.control;

import dev.argosy.bench.Benchmark;
import dev.argosy.bench.Result;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All parts, one after the other. */
public final class ControllerRates implements Benchmark {

  private static final List<Part> ALL =
      List.of(
          new BigRollout(),
          new ManyRollouts(),
          new NamespaceEnd(),
          new IdleTenants(),
          new BusyNeighbor());

  private final Map<String, String> environment;

  public ControllerRates(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public int limitSeconds() {
    return 3_600;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    Sizes sizes = Sizes.of(environment);
    for (Part part : Sizes.chosen(ALL, environment)) {
      part.run(sizes, out);
    }
  }
}
