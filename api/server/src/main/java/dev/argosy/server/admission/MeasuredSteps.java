package dev.argosy.server.admission;

import dev.argosy.model.metric.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** All steps as one, with the time that each takes. One look at the clock per step. */
public final class MeasuredSteps implements AdmissionStep {

  private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 1.0, 2.5};
  private static final String MUTATE = "admit";
  private static final String VALIDATE = "validate";

  private final List<AdmissionStep> steps;
  private final Metrics.Family<Metrics.Histogram> whole;
  private final Metrics.Family<Metrics.Histogram> single;
  private final Map<Operation, Times> mutating = new EnumMap<>(Operation.class);
  private final Map<Operation, Times> validating = new EnumMap<>(Operation.class);

  /** Of one operation, as long as nothing is refused. */
  private record Times(Metrics.Histogram whole, List<Metrics.Histogram> steps) {}

  public MeasuredSteps(List<AdmissionStep> steps, Metrics metrics) {
    this.steps = List.copyOf(steps);
    whole =
        metrics.histogram(
            "apiserver_admission_step_admission_duration_seconds",
            "Time of all admission steps of a request together.",
            BOUNDS,
            "type",
            "operation",
            "rejected");
    single =
        metrics.histogram(
            "apiserver_admission_controller_admission_duration_seconds",
            "Time of one admission step.",
            BOUNDS,
            "name",
            "type",
            "operation",
            "rejected");
    for (Operation operation : Operation.values()) {
      mutating.put(operation, times(MUTATE, operation));
      validating.put(operation, times(VALIDATE, operation));
    }
  }

  private Times times(String type, Operation operation) {
    return new Times(
        whole.with(type, operation.name(), "false"),
        steps.stream().map(step -> of(step, type, operation, "false")).toList());
  }

  private Metrics.Histogram of(
      AdmissionStep step, String type, Operation operation, String rejected) {
    return single.with(step.name(), type, operation.name(), rejected);
  }

  @Override
  public void mutate(AdmissionRequest request) {
    run(request, MUTATE, mutating, AdmissionStep::mutate);
  }

  @Override
  public void validate(AdmissionRequest request) {
    run(request, VALIDATE, validating, AdmissionStep::validate);
  }

  private void run(
      AdmissionRequest request,
      String type,
      Map<Operation, Times> all,
      BiConsumer<AdmissionStep, AdmissionRequest> action) {
    Times times = all.get(request.operation());
    if (times == null) {
      return; // there is one for every operation
    }
    long begin = System.nanoTime();
    long last = begin;
    int done = 0;
    try {
      for (; done < steps.size(); done++) {
        action.accept(steps.get(done), request);
        long now = System.nanoTime();
        times.steps.get(done).observe((now - last) / 1e9);
        last = now;
      }
    } finally {
      long now = System.nanoTime();
      if (done == steps.size()) {
        times.whole.observe((now - begin) / 1e9);
      } else {
        of(steps.get(done), type, request.operation(), "true").observe((now - last) / 1e9);
        whole.with(type, request.operation().name(), "true").observe((now - begin) / 1e9);
      }
    }
  }
}
