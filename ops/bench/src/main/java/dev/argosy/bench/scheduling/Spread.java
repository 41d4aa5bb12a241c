package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import java.util.Collections;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pods spread over three zones, with a skew of at most five.
 *
 * @param otherwise what is to be done if it cannot be: {@code DoNotSchedule}, {@code
 *     ScheduleAnyway}
 */
record Spread(String otherwise) implements Workload {

  private static final int SKEW = 5;

  private boolean required() {
    return otherwise.equals("DoNotSchedule");
  }

  @Override
  public String name() {
    return required() ? "spread-required" : "spread-preferred";
  }

  @Override
  public double aim() {
    return required() ? 4_600 : 3_400;
  }

  @Override
  public int pods(int usual, int nodes) {
    return usual / 2;
  }

  @Override
  public ObjectNode pod(String name, int number) {
    return Objects.pod(
        name,
        "\"color\":\"blue\"",
        Objects.SMALL,
        """
        ,"topologySpreadConstraints":[{"maxSkew":%d,"topologyKey":"topology.kubernetes.io/zone",\
        "whenUnsatisfiable":"%s","labelSelector":{"matchLabels":{"color":"blue"}}}]\
        """
            .formatted(SKEW, otherwise));
  }

  /** As nothing goes away, each zone's last pod tells the skew of the end. */
  @Override
  public int misplaced(Placement placement) {
    if (!required()) {
      return 0;
    }
    Map<String, Integer> zones = placement.zones(Placement.Pod::measured);
    int least = Collections.min(zones.values());
    return zones.values().stream().mapToInt(n -> Math.max(0, n - least - SKEW)).sum();
  }
}
