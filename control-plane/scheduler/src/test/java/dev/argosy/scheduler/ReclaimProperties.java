package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.share.QuotaView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whoever has borrowed what, claims take no more than they may; counted anew each time. */
class ReclaimProperties {

  private static final String[] TENANTS = {"a", "b", "c", "d"};

  private final Map<String, Long> guaranteed = new HashMap<>();
  private final Map<PodView, String> placed = new HashMap<>();

  @Property(tries = 200)
  void claims_take_what_is_borrowed_and_no_more(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    Board board = full(random);
    PodView pod = pod(board, "new", TENANTS[random.nextInt(3)], random);
    if (!(board.look(pod) instanceof Placement.Nowhere)) {
      return;
    }
    boolean covered = used(pod) + cpu(pod) <= guaranteed.getOrDefault(tenant(pod), 0L);
    if (board.preempt(pod) instanceof Preempting.Outcome.Evict(var victims, var none)
        && !victims.pods().stream().allMatch(v -> tenant(v).equals(tenant(pod)))) {
      assertThat(covered).isTrue();
      check(board, pod, victims.node(), victims.pods());
    } else {
      assertThat(covered && oneWouldDo(board, pod)).isFalse();
    }
  }

  private void check(Board board, PodView pod, String node, List<PodView> victims) {
    assertThat(victims).noneMatch(v -> tenant(v).equals(tenant(pod)) || tenant(v).equals("root"));
    victims.forEach(placed::remove);
    for (PodView victim : victims) {
      assertThat(used(victim)).isGreaterThanOrEqualTo(guaranteed.getOrDefault(tenant(victim), 0L));
      board.state.forget(victim.key());
    }
    assertThat(board.look(pod)).isEqualTo(new Placement.Chosen(node));
    board.nominations.remove(pod.key());
    for (PodView victim : victims) {
      board.on(node, victim);
      assertThat(board.look(pod)).isInstanceOf(Placement.Nowhere.class);
      board.state.forget(victim.key());
    }
  }

  /** Whether there is a pod that its tenant has borrowed, and that is all that is in the way. */
  private boolean oneWouldDo(Board board, PodView pod) {
    for (Map.Entry<PodView, String> entry : Map.copyOf(placed).entrySet()) {
      PodView other = entry.getKey();
      long least = guaranteed.getOrDefault(tenant(other), 0L);
      if (tenant(other).equals(tenant(pod))
          || tenant(other).equals("root")
          || used(other) - cpu(other) < least) {
        continue;
      }
      board.state.forget(other.key());
      boolean fits = board.look(pod) instanceof Placement.Chosen;
      board.on(entry.getValue(), other);
      if (fits) {
        return true;
      }
    }
    return false;
  }

  private Board full(Random random) {
    guaranteed.clear();
    placed.clear();
    Board board = new Board();
    for (int i = 0; i < 3; i++) {
      board.node("n" + i, "");
    }
    for (int i = 0; i < 3; i++) {
      if (random.nextInt(4) > 0) {
        guarantee(board, TENANTS[i], 1000L * (1 + random.nextInt(5)));
      }
    }
    for (int i = 0; i < 25; i++) {
      String cluster = random.nextInt(8) == 0 ? "root" : TENANTS[random.nextInt(4)];
      PodView pod = pod(board, "p" + i, cluster, random);
      if (board.look(pod) instanceof Placement.Chosen(String node)) {
        board.on(node, pod);
        placed.put(pod, node);
      }
    }
    return board;
  }

  private void guarantee(Board board, String tenant, long milliCpu) {
    guaranteed.put(tenant, milliCpu);
    ObjectKey key = new ObjectKey(QuotaView.ALL.scope().resource(), "root", "", tenant);
    Map<String, Long> amounts = Map.of("cpu", milliCpu, "pods", 1000L);
    board.state.shares().guarantees().put(new QuotaView(key, tenant, amounts));
  }

  private static PodView pod(Board board, String name, String cluster, Random random) {
    String spec = Board.cpu((1 + random.nextInt(20)) + "00m", random.nextInt(5));
    return board.pod(cluster, "default", name, "{}", spec);
  }

  private static String tenant(PodView pod) {
    return pod.key().cluster();
  }

  private static long cpu(PodView pod) {
    return pod.demand().requests().milliCpu();
  }

  /** What the pod's tenant uses. */
  private long used(PodView pod) {
    List<PodView> own = new ArrayList<>(placed.keySet());
    own.removeIf(p -> !tenant(p).equals(tenant(pod)));
    return own.stream().mapToLong(ReclaimProperties::cpu).sum();
  }
}
