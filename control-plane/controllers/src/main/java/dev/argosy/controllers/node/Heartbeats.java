package dev.argosy.controllers.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each node was last heard of, by this process's clock: nodes' clocks do not matter. */
final class Heartbeats {

  private final Clock clock;
  private final Map<String, Instant> heard = new ConcurrentHashMap<>();

  Heartbeats(Clock clock) {
    this.clock = clock;
  }

  void heard(String node) {
    heard.put(node, clock.instant());
  }

  void forget(String node) {
    heard.remove(node);
  }

  /** For how long nothing was heard; zero for a node seen for the first time. */
  Duration silence(String node) {
    return Duration.between(heard.computeIfAbsent(node, n -> clock.instant()), clock.instant());
  }
}
