package dev.argosy.agent.stats;

import dev.argosy.model.tunnel.PodRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Sums of figures over the containers of each pod. */
final class PodSums {

  private PodSums() {}

  static Map<PodRef, Double> of(
      List<ContainerReading> containers, ToDoubleFunction<ContainerReading> figure) {
    Map<PodRef, Double> sums = new LinkedHashMap<>();
    containers.forEach(c -> sums.merge(c.pod(), figure.applyAsDouble(c), Double::sum));
    return sums;
  }
}
