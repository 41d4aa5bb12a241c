package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whatever came before, a placement keeps what was promised; counted anew each time. */
class PlacementProperties {

  private static final String WEB = "{'app':'web'}";
  private static final String SELECTOR = "'labelSelector':{'matchLabels':{'app':'web'}}";
  private static final String SPREAD =
      "{'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':"
          + "'DoNotSchedule',"
          + SELECTOR
          + "}]}";
  private static final String FAR =
      "{'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{"
          + "'topologyKey':'kubernetes.io/hostname',"
          + SELECTOR
          + "}]}}}";

  private final Map<String, String> zones = new HashMap<>();
  private final Map<ObjectKey, String> placed = new HashMap<>();

  @Property(tries = 60)
  void a_hard_spread_is_never_violated(@ForAll @LongRange(min = 0) long seed) {
    play(
        seed,
        SPREAD,
        (node, before) -> {
          Map<String, Long> counts = byZone(before);
          long least =
              zones.values().stream().mapToLong(z -> counts.getOrDefault(z, 0L)).min().orElse(0);
          assertThat(counts.getOrDefault(zones.get(node), 0L) + 1 - least).isLessThanOrEqualTo(1);
        });
  }

  @Property(tries = 60)
  void anti_affinity_is_never_violated(@ForAll @LongRange(min = 0) long seed) {
    play(seed, FAR, (node, before) -> assertThat(before).doesNotContainValue(node));
  }

  private interface Check {
    void of(String node, Map<ObjectKey, String> before);
  }

  private void play(long seed, String spec, Check check) {
    zones.clear();
    placed.clear();
    Board board = new Board();
    Random random = new Random(seed);
    for (int i = 0; i < 80; i++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> node(board, "n" + random.nextInt(8), "z" + random.nextInt(3));
        case 2 -> remove(board, random);
        case 3 -> {
          String name = "n" + random.nextInt(8);
          board.state.removeNode(name);
          zones.remove(name);
        }
        default -> {
          PodView pod = board.pod("p" + i, WEB, spec);
          if (board.look(pod) instanceof Placement.Chosen(String node)) {
            check.of(node, there());
            board.state.assume(pod, node);
            placed.put(pod.key(), node);
          }
        }
      }
    }
  }

  private void node(Board board, String name, String zone) {
    board.node(name, "zone=" + zone);
    zones.put(name, zone);
  }

  private void remove(Board board, Random random) {
    List<ObjectKey> keys = new ArrayList<>(placed.keySet().stream().sorted().toList());
    if (!keys.isEmpty()) {
      ObjectKey key = keys.get(random.nextInt(keys.size()));
      board.state.forget(key);
      placed.remove(key);
    }
  }

  /** Pods on nodes that there are. */
  private Map<ObjectKey, String> there() {
    return placed.entrySet().stream()
        .filter(e -> zones.containsKey(e.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Map<String, Long> byZone(Map<ObjectKey, String> on) {
    return on.values().stream().collect(Collectors.groupingBy(zones::get, Collectors.counting()));
  }

  @Property(tries = 60)
  void preemption_takes_lower_priorities_and_no_more_than_needed(
      @ForAll @LongRange(min = 0) long seed) {
    Board board = new Board();
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      board.node("n" + i, "");
    }
    for (int i = 0; i < 20; i++) {
      board.place(pod(board, "p" + i, random));
    }
    PodView high = pod(board, "high", random);
    if (!(board.look(high) instanceof Placement.Nowhere)
        || !(board.preempt(high) instanceof Preempting.Outcome.Evict(var victims, var none))) {
      return;
    }
    assertThat(victims.pods()).allMatch(v -> v.priority() < high.priority());
    victims.pods().forEach(v -> board.state.forget(v.key()));
    assertThat(board.look(high)).isEqualTo(new Placement.Chosen(victims.node()));
    for (PodView victim : victims.pods()) {
      board.on(victims.node(), victim);
      board.nominations.remove(high.key());
      assertThat(board.look(high)).isInstanceOf(Placement.Nowhere.class);
      board.state.forget(victim.key());
    }
  }

  private static PodView pod(Board board, String name, Random random) {
    return board.pod(name, "{}", Board.cpu((1 + random.nextInt(20)) + "00m", random.nextInt(5)));
  }
}
