package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.autoscale.Measured.Current;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * How many replicas there should be by what is measured of each pod. Of pods without figures and of
 * those that are not ready the mildest is supposed, and never so much that the direction changes.
 *
 * @param replicas how many are wanted at the moment
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details">
 *     Algorithm details</a>
 */
record PerPod(PodGroups groups, int replicas, Tolerance tolerance) {

  private static final int ALL = 100;

  /** By a part of what the pods request. */
  Reading<Measured> utilization(MetricSource.Resource resource, int percent) {
    Map<String, Long> requests = new HashMap<>();
    for (ScaledPod pod : groups.present()) {
      switch (pod.requests(resource.name(), resource.container())) {
        case Reading.Found<Long>(Long amount) -> requests.put(pod.name(), amount);
        case Reading.Unknown<Long>(String why) -> {
          return new Reading.Unknown<>(why);
        }
      }
    }
    Map<String, Long> used = used();
    long requested = used.keySet().stream().mapToLong(pod -> requests.getOrDefault(pod, 0L)).sum();
    Optional<String> trouble =
        trouble(used)
            .or(() ->
                requested > 0
                    ? Optional.empty()
                    : Optional.of("no metrics returned matched known pods"));
    if (trouble.isPresent()) {
      return new Reading.Unknown<>(trouble.get());
    }
    int wanted =
        wanted(
            used,
            values -> (double) share(values, requests) / percent,
            pod -> requests.getOrDefault(pod, 0L) * Math.max(ALL, percent) / ALL);
    long average = sum(used) / used.size();
    return new Reading.Found<>(
        new Measured(
            wanted,
            resource.name() + " resource utilization (percentage of request)",
            new Current.Utilization((int) share(used, requests), average)));
  }

  /** Percent. */
  private static long share(Map<String, Long> values, Map<String, Long> requests) {
    long requested =
        values.keySet().stream().mapToLong(pod -> requests.getOrDefault(pod, 0L)).sum();
    return requested == 0 ? 0 : sum(values) * ALL / requested;
  }

  /** By an amount for each pod. */
  Reading<Measured> average(String name, long target) {
    Map<String, Long> used = used();
    Optional<String> trouble = trouble(used);
    if (trouble.isPresent()) {
      return new Reading.Unknown<>(trouble.get());
    }
    int wanted =
        wanted(used, values -> (double) (sum(values) / values.size()) / target, pod -> target);
    return new Reading.Found<>(
        new Measured(wanted, name, new Current.Average(sum(used) / used.size())));
  }

  private Map<String, Long> used() {
    Map<String, Long> used = new HashMap<>();
    groups.samples().forEach((pod, sample) -> used.put(pod, sample.milli()));
    return used;
  }

  private Optional<String> trouble(Map<String, Long> used) {
    if (groups.present().isEmpty()) {
      return Optional.of("no pods returned by selector while calculating replica count");
    }
    return used.isEmpty()
        ? Optional.of("did not receive metrics for targeted pods (pods might be unready)")
        : Optional.empty();
  }

  private static long sum(Map<String, Long> values) {
    return values.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * @param ratio of what is measured to what shall be
   * @param full what a pod without figures is taken to use when there would be fewer
   */
  private int wanted(
      Map<String, Long> used,
      ToDoubleFunction<Map<String, Long>> ratio,
      ToLongFunction<String> full) {
    double measured = ratio.applyAsDouble(used);
    boolean upWithUnready = !groups.unready().isEmpty() && measured > 1;
    if (!upWithUnready && groups.missing().isEmpty()) {
      return tolerance.covers(measured) ? replicas : roundedUp(measured * used.size());
    }
    Map<String, Long> supposed = new HashMap<>(used);
    groups.missing().forEach(pod -> supposed.put(pod, measured < 1 ? full.applyAsLong(pod) : 0));
    if (upWithUnready) {
      groups.unready().forEach(pod -> supposed.put(pod, 0L));
    }
    double mild = ratio.applyAsDouble(supposed);
    if (tolerance.covers(mild) || measured < 1 && mild > 1 || measured > 1 && mild < 1) {
      return replicas;
    }
    int next = roundedUp(mild * supposed.size());
    boolean turned = mild < 1 && next > replicas || mild > 1 && next < replicas;
    return turned ? replicas : next;
  }

  private static int roundedUp(double count) {
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(count));
  }
}
