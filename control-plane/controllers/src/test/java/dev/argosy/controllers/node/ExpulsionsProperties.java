package dev.argosy.controllers.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever becomes of nodes, no zone is emptied faster than it may be. */
class ExpulsionsProperties {

  private static final int SECONDS = 600;

  private record Node(String name, Zone zone) {}

  @Property(tries = 60)
  void zonesKeepToTheirPaceAndReadyNodesToTheirPods(@ForAll long seed) {
    Random random = new Random(seed);
    ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
    Expulsions expulsions = new Expulsions(timers.clock());
    List<Node> nodes = new ArrayList<>();
    Set<Node> ready = new HashSet<>();
    for (int z = 0; z < 1 + random.nextInt(3); z++) {
      Zone zone = new Zone("r", "z" + z);
      for (int i = 0; i < 1 + random.nextInt(70); i++) {
        nodes.add(new Node(z + "-" + i, zone));
      }
    }
    nodes.forEach(node -> set(expulsions, ready, node, true));
    Map<Zone, Instant> last = new HashMap<>();
    Set<Node> turned = new HashSet<>();
    for (int second = 0; second < SECONDS; second++) {
      change(random, nodes, expulsions, ready, turned);
      for (Node node : nodes) {
        if (!ready.contains(node) && random.nextInt(3) == 0) {
          boolean turn = expulsions.ask(node.name()).isZero();
          assertThat(turn && nodes.stream().noneMatch(ready::contains)).isFalse();
          if (turn && turned.add(node)) {
            assertThat(allowed(nodes, ready, node.zone(), last, timers.now())).isTrue();
            last.put(node.zone(), timers.now());
          }
          if (!turn) {
            turned.remove(node);
          }
        }
      }
      timers.advance(Duration.ofSeconds(1));
    }
  }

  /** Now and then one node changes, or most of a zone. */
  private static void change(
      Random random, List<Node> nodes, Expulsions expulsions, Set<Node> ready, Set<Node> turned) {
    int dice = random.nextInt(40);
    Zone zone = nodes.get(random.nextInt(nodes.size())).zone();
    boolean to = random.nextBoolean();
    for (Node node : nodes) {
      boolean concerned =
          dice == 0
              ? node.zone().equals(zone) && random.nextInt(10) > 0
              : dice < 8 && random.nextInt(nodes.size()) == 0;
      if (concerned && ready.contains(node) != to) {
        set(expulsions, ready, node, to);
        turned.remove(node);
      }
    }
  }

  private static void set(Expulsions expulsions, Set<Node> ready, Node node, boolean isReady) {
    if (isReady) {
      ready.add(node);
    } else {
      ready.remove(node);
    }
    expulsions.see(node.name(), node.zone(), isReady);
  }

  /** By the words of the page, counted anew. */
  private static boolean allowed(
      List<Node> nodes, Set<Node> ready, Zone zone, Map<Zone, Instant> last, Instant now) {
    long all = nodes.stream().filter(n -> n.zone().equals(zone)).count();
    long bad = nodes.stream().filter(n -> n.zone().equals(zone) && !ready.contains(n)).count();
    boolean partial = bad > 2 && bad < all && (double) bad / all >= 0.55;
    if (partial && all <= 50) {
      return false;
    }
    Duration pace = Duration.ofSeconds(partial ? 100 : 10);
    return !last.containsKey(zone) || !now.isBefore(last.get(zone).plus(pace));
  }
}
