package dev.argosy.controllers.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes that are not ready may lose their pods now: one after the other in each zone, slower
 * or not at all while much of the zone is not ready, and nowhere while no node of any zone is: then
 * it is taken to be this side that is cut off. Safe for many threads.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/architecture/nodes/#rate-limits-on-eviction">Rate
 *     limits on eviction</a>
 */
final class Expulsions {

  /** A node waits for as long first, so that others that fell silent with it are seen. */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** What is known of one node. */
  private record Seen(Zone zone, boolean ready) {}

  /** The nodes of a zone that wait, since when, and when the last one had its turn. */
  private static final class Turns {
    private ZoneState state = ZoneState.EMPTY;
    private final LinkedHashMap<String, Instant> waiting = new LinkedHashMap<>();
    private Instant last = Instant.MIN;
  }

  private final Clock clock;
  private final Map<String, Seen> nodes = new HashMap<>();
  private final Map<Zone, Turns> zones = new HashMap<>();
  private final Set<String> granted = new HashSet<>();

  Expulsions(Clock clock) {
    this.clock = clock;
  }

  /** A node is there, in this zone, and ready or not. */
  synchronized void see(String node, Zone zone, boolean ready) {
    Seen now = new Seen(zone, ready);
    Seen before = nodes.put(node, now);
    if (now.equals(before)) {
      return;
    }
    if (before != null) {
      leave(node, before);
    }
    Turns turns = zones.computeIfAbsent(zone, z -> new Turns());
    turns.state = turns.state.plus(ready, 1);
  }

  /** It is no longer. */
  synchronized void forget(String node) {
    Seen before = nodes.remove(node);
    if (before != null) {
      leave(node, before);
    }
  }

  private void leave(String node, Seen before) {
    granted.remove(node);
    Turns turns = zones.get(before.zone());
    if (turns != null) {
      turns.waiting.remove(node);
      turns.state = turns.state.plus(before.ready(), -1);
      if (turns.state.empty()) {
        zones.remove(before.zone());
      }
    }
  }

  /** A node has lost its pods already, by a leader before this one. */
  synchronized void note(String node) {
    Seen seen = nodes.get(node);
    if (seen != null && !seen.ready()) {
      granted.add(node);
    }
  }

  /** Whether no node of any zone is ready; nothing is to be expelled then, nor to stay so. */
  synchronized boolean suspended() {
    return !zones.isEmpty() && zones.values().stream().allMatch(turns -> turns.state.down());
  }

  /**
   * Asks for a node that is not ready, again and again until it has its turn.
   *
   * @return how long to wait before the next time; zero if its pods may go
   */
  synchronized Duration ask(String node) {
    Seen seen = nodes.get(node);
    Turns turns = seen == null ? null : zones.get(seen.zone());
    if (seen == null || turns == null || seen.ready() || suspended()) {
      granted.remove(node);
      return LOOK;
    }
    if (granted.contains(node)) {
      return Duration.ZERO;
    }
    Instant now = clock.instant();
    Instant since = turns.waiting.computeIfAbsent(node, n -> now);
    Optional<Duration> pace = turns.state.pace();
    if (pace.isEmpty() || !turns.waiting.firstEntry().getKey().equals(node)) {
      return LOOK;
    }
    Instant next = turns.last.equals(Instant.MIN) ? now : turns.last.plus(pace.get());
    Instant due = next.isBefore(since.plus(LOOK)) ? since.plus(LOOK) : next;
    if (due.isAfter(now)) {
      Duration left = Duration.between(now, due);
      return left.compareTo(LOOK) > 0 ? LOOK : left;
    }
    turns.waiting.remove(node);
    turns.last = now;
    granted.add(node);
    return Duration.ZERO;
  }
}
