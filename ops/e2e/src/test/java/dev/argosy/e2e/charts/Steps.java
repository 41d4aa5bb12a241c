package dev.argosy.e2e.charts;

import dev.argosy.e2e.matrix.AtOnce;
import dev.argosy.e2e.matrix.Outcomes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done with one release, step by step, in both tenants at once; each step is an outcome.
 */
final class Steps {

  /** One step. */
  @FunctionalInterface
  interface Step {
    void run(Helm helm) throws Exception;
  }

  private record Named(String operation, Step step) {}

  private final String part;
  private final List<Named> steps = new ArrayList<>();

  Steps(String part) {
    this.part = part;
  }

  Steps then(String operation, Step step) {
    steps.add(new Named(operation, step));
    return this;
  }

  void run(String major) throws Exception {
    String version = Helm.version(major);
    AtOnce.inBothTenants((tenant, namespace) -> {
      Helm helm = new Helm(major, tenant, namespace);
      for (Named named : steps) {
        Outcomes.note(part, named.operation(), "Helm", version, () -> named.step().run(helm));
      }
    });
  }
}
