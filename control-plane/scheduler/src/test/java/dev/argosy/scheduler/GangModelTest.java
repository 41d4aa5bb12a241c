package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.gang.Gang;
import dev.argosy.scheduler.gang.Gangs;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.pod.PodState;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every state that two gangs can come to which each fit, but not both: pods come in any order,
 * bindings are refused, pods are lost, leaders die with bindings on their way, and time-outs strike
 * at any moment. What a gang is and may do is asked of {@link Gang}; room is a number.
 */
class GangModelTest {

  private static final int ROOM = 3;
  private static final int[] GANG = {0, 0, 0, 1, 1, 1};
  private static final int[] LEAST = {2, 3};

  /** What may become of a pod. */
  private enum At {
    ABSENT,
    WAITING,
    PLACED,
    BOUND,
    ENDING
  }

  /**
   * A state of the world.
   *
   * @param pods where each pod is
   * @param kept for which of them room is kept
   * @param done which gangs have run to their end
   * @param mishaps how many more may happen
   */
  private record World(List<At> pods, Set<Integer> kept, Set<Integer> done, int mishaps) {

    World {
      pods = List.copyOf(pods);
      kept = Set.copyOf(kept);
      done = Set.copyOf(done);
    }

    World with(int pod, At at) {
      List<At> now = new ArrayList<>(pods);
      now.set(pod, at);
      Set<Integer> rooms = new HashSet<>(kept);
      rooms.remove(pod);
      return new World(now, rooms, done, mishaps);
    }

    World keeping(int pod) {
      Set<Integer> rooms = new HashSet<>(kept);
      rooms.add(pod);
      return new World(pods, rooms, done, mishaps);
    }

    World forgetting() {
      return new World(pods, Set.of(), done, mishaps);
    }

    World mishap() {
      return new World(pods, kept, done, mishaps - 1);
    }

    World finished(int gang) {
      Set<Integer> ended = new HashSet<>(done);
      ended.add(gang);
      return new World(pods, kept, ended, mishaps);
    }

    int taken() {
      return (int) pods.stream().filter(a -> a != At.ABSENT && a != At.WAITING).count();
    }

    /** What a pod of this gang finds free. */
    int free(int gang) {
      long others = kept.stream().filter(pod -> GANG[pod] != gang).count();
      return ROOM - taken() - (int) others;
    }

    int count(int gang, At at) {
      int count = 0;
      for (int i = 0; i < GANG.length; i++) {
        count += GANG[i] == gang && pods.get(i) == at ? 1 : 0;
      }
      return count;
    }

    boolean whole(int gang) {
      return count(gang, At.BOUND) >= LEAST[gang];
    }
  }

  private final Board board = new Board();
  private final PodView[] waiting = new PodView[GANG.length];

  GangModelTest() {
    for (int i = 0; i < GANG.length; i++) {
      waiting[i] = board.pod("p" + i, "{'" + PodGroup.LABEL + "':'g" + GANG[i] + "'}", "{}");
    }
  }

  private PodView view(int pod, At at) {
    PodView p = waiting[pod];
    boolean there = at == At.BOUND || at == At.ENDING;
    return new PodView(
        p.key(),
        p.uid(),
        p.resourceVersion(),
        p.created(),
        there ? "n1" : "",
        new PodState(false, false, at == At.ENDING, false, PodView.SCHEDULER, true, 1),
        p.rank(),
        p.told(),
        p.claims(),
        p.images(),
        p.demand(),
        p.company());
  }

  /** What a gang says of itself. */
  private record Says(boolean half, boolean whole, boolean complete, int missing) {}

  private final Map<List<At>, Says> said = new HashMap<>();

  private Says says(World world, int gang) {
    List<At> key = new ArrayList<>(world.pods());
    for (int i = 0; i < GANG.length; i++) {
      if (GANG[i] != gang) {
        key.set(i, At.ABSENT);
      }
    }
    key.addAll(Collections.nCopies(gang, At.ABSENT));
    return said.computeIfAbsent(List.copyOf(key), k -> ask(gang(world, gang)));
  }

  private static Says ask(Gang gang) {
    return new Says(
        gang.becameHalf(Instant.EPOCH).isPresent(),
        gang.whole(),
        gang.incomplete().isEmpty(),
        gang.missing());
  }

  /** The gang as the scheduler knows it in that world. */
  private Gang gang(World world, int gang) {
    Gangs gangs = new Gangs();
    ObjectKey key = new ObjectKey(PodGroup.PODGROUPS, "acme", "default", "g" + gang);
    Gang known = gangs.put(new PodGroup(key, LEAST[gang], Resources.NONE, Duration.ofSeconds(60)));
    for (int i = 0; i < GANG.length; i++) {
      At at = world.pods().get(i);
      if (GANG[i] == gang && at != At.ABSENT) {
        gangs.see(view(i, at));
        if (at == At.PLACED) {
          known.placed(waiting[i]);
        }
      }
    }
    return known;
  }

  /** All that can happen next. */
  private List<World> next(World world, boolean together) {
    List<World> next = new ArrayList<>();
    for (int i = 0; i < GANG.length; i++) {
      happens(world, i, next);
    }
    for (int g = 0; g < LEAST.length; g++) {
      if (together) {
        decide(world, g, next);
      }
      if (world.whole(g) && !world.done().contains(g)) {
        next.add(leaving(world, g).finished(g));
      }
    }
    if (world.mishaps() > 0 && world.pods().contains(At.PLACED)) {
      crash(world.mishap().forgetting(), 0, next);
    }
    return next;
  }

  private void happens(World world, int pod, List<World> next) {
    boolean over = world.done().contains(GANG[pod]);
    switch (world.pods().get(pod)) {
      case ABSENT -> {
        if (!over) {
          next.add(world.with(pod, At.WAITING));
        }
      }
      case WAITING -> {
        if (over) {
          next.add(world.with(pod, At.ABSENT));
        }
      }
      case PLACED -> {
        next.add(world.with(pod, At.BOUND));
        if (world.mishaps() > 0) {
          next.add(world.with(pod, At.WAITING).keeping(pod).mishap());
        }
      }
      case BOUND -> {
        if (over) {
          next.add(world.with(pod, At.ENDING));
        }
        if (world.mishaps() > 0) {
          next.add(world.with(pod, At.ABSENT).mishap());
        }
      }
      case ENDING -> next.add(world.with(pod, At.ABSENT));
    }
  }

  /** One decision for all members, and the end of a gang that is half. */
  private void decide(World world, int g, List<World> next) {
    Says gang = says(world, g);
    if (gang.half()) {
      next.add(leaving(world, g));
    }
    int waits = world.count(g, At.WAITING);
    int fit = Math.min(waits, world.free(g));
    boolean goes = gang.whole() || (gang.complete() && fit >= gang.missing());
    if (goes && fit > 0) {
      next.add(placing(world, g, fit));
    }
  }

  private static World placing(World world, int gang, int most) {
    World placed = world;
    int left = most;
    for (int i = 0; i < GANG.length; i++) {
      if (GANG[i] == gang && world.pods().get(i) == At.WAITING && left > 0) {
        placed = placed.with(i, At.PLACED);
        left--;
      }
    }
    return placed;
  }

  private static World leaving(World world, int gang) {
    World left = world;
    for (int i = 0; i < GANG.length; i++) {
      if (GANG[i] == gang && world.pods().get(i) == At.BOUND) {
        left = left.with(i, At.ENDING);
      }
    }
    return left;
  }

  /** Each binding that was on its way has come about, or has not. */
  private static void crash(World world, int from, List<World> next) {
    int pod = world.pods().subList(from, GANG.length).indexOf(At.PLACED);
    if (pod < 0) {
      next.add(world);
      return;
    }
    crash(world.with(from + pod, At.BOUND), from + pod + 1, next);
    crash(world.with(from + pod, At.WAITING), from + pod + 1, next);
  }

  /** Each state that can be reached, and those that can come next. */
  private Map<World, List<World>> explore(boolean together) {
    World start = new World(Collections.nCopies(GANG.length, At.ABSENT), Set.of(), Set.of(), 2);
    Map<World, List<World>> all = new HashMap<>();
    Deque<World> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      World world = open.pop();
      if (all.containsKey(world)) {
        continue;
      }
      List<World> next = new ArrayList<>(next(world, together));
      if (!together) {
        oneByOne(world, next);
      }
      all.put(world, next);
      next.forEach(open::push);
    }
    return all;
  }

  /** As a scheduler does that knows no gangs. */
  private static void oneByOne(World world, List<World> next) {
    for (int i = 0; i < GANG.length; i++) {
      if (world.pods().get(i) == At.WAITING && world.taken() < ROOM) {
        next.add(world.with(i, At.PLACED));
      }
    }
  }

  /** Those from which the end of both gangs can be reached. */
  private static Set<World> endable(Map<World, List<World>> all) {
    Map<World, List<World>> before = new HashMap<>();
    all.forEach((world, next) ->
        next.forEach(n -> before.computeIfAbsent(n, x -> new ArrayList<>()).add(world)));
    Set<World> can = new HashSet<>();
    Deque<World> open = new ArrayDeque<>();
    all.keySet().stream().filter(w -> w.done().size() == LEAST.length).forEach(open::push);
    while (!open.isEmpty()) {
      World world = open.pop();
      if (can.add(world)) {
        before.getOrDefault(world, List.of()).forEach(open::push);
      }
    }
    return can;
  }

  private static boolean half(World world, int gang) {
    int bound = world.count(gang, At.BOUND);
    return bound > 0 && bound < LEAST[gang] && !world.done().contains(gang);
  }

  @Test
  void noGangWaitsInVainAndAtRestEachIsWholeOrAbsent() {
    Map<World, List<World>> all = explore(true);
    assertThat(all).hasSizeGreaterThan(10_000);
    assertThat(all.keySet()).allMatch(world -> world.taken() <= ROOM);
    assertThat(endable(all)).hasSize(all.size());
    // what happens by itself, without a gang that ends or a mishap, leads to no half gang
    List<World> atRest =
        all.entrySet().stream()
            .filter(e ->
                e.getValue().stream()
                    .allMatch(n ->
                        n.mishaps() < e.getKey().mishaps()
                            || n.done().size() > e.getKey().done().size()))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(atRest).isNotEmpty().noneMatch(world -> half(world, 0) || half(world, 1));
  }

  /** The same world, without gangs, does come to a deadlock: so it would be found. */
  @Test
  void oneByOneTheyDoTakeHalfEach() {
    Map<World, List<World>> all = explore(false);
    assertThat(endable(all).size()).isLessThan(all.size());
  }
}
