package dev.argosy.server.use;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node and its pods use now.
 *
 * @param at when the node said so
 * @param window over which rates were measured
 * @param machine all of it; empty until a second report has come
 * @param pods by uid
 */
record Figures(Instant at, Duration window, Optional<Rate> machine, Map<String, OfPod> pods) {

  Figures {
    pods = Map.copyOf(pods);
  }

  /** CPU in billionths of a core, and bytes of memory. */
  record Rate(long nanoCores, long memoryBytes) {

    static final Rate NOTHING = new Rate(0, 0);

    Rate plus(Rate other) {
      return new Rate(nanoCores + other.nanoCores, memoryBytes + other.memoryBytes);
    }
  }

  /** A container. */
  record OfContainer(String name, Rate rate) {}

  /** Bytes in a second. */
  record Traffic(double received, double sent) {
    static final Traffic NONE = new Traffic(0, 0);
  }

  /**
   * A pod.
   *
   * @param at when its node said so
   * @param containers all that run; empty if one of them is not known well enough yet
   */
  record OfPod(
      String cluster, Instant at, Duration window, List<OfContainer> containers, Traffic traffic) {
    OfPod {
      containers = List.copyOf(containers);
    }

    Rate sum() {
      return containers.stream().map(OfContainer::rate).reduce(Rate.NOTHING, Rate::plus);
    }
  }
}
