package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.fake.FakeRequest;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.volume.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whatever happens, nodes are never over capacity, pods are bound once, and all comes to rest. */
class SchedulerProperties {

  private static final int STEPS = 60;

  @Property(tries = 25)
  void never_over_capacity_never_twice_and_settles(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    try (TestScheduler scheduler = new TestScheduler()) {
      scheduler.api.setFault(new Flaky(seed));
      List<ObjectKey> pods = new ArrayList<>();
      scheduler.node(TestPods.node("n0", "2", 6));
      for (int i = 0; i < STEPS; i++) {
        step(scheduler, random, pods, i);
        check(scheduler);
      }
      scheduler.api.setFault(Fault.NONE);
      scheduler.await(
          "rest", () -> settled(scheduler), () -> "seed " + seed + unsettled(scheduler));
      check(scheduler);
    }
  }

  private static void step(TestScheduler scheduler, Random random, List<ObjectKey> pods, int i) {
    switch (random.nextInt(12)) {
      case 0 -> scheduler.node(TestPods.node("n" + (i + 1), "1", 3 + random.nextInt(4)));
      case 1, 2 -> {
        if (!pods.isEmpty()) {
          scheduler.delete(pods.get(random.nextInt(pods.size())));
        }
      }
      case 3 ->
          scheduler.patchNode("n0", "{'spec':{'unschedulable':" + random.nextBoolean() + "}}");
      case 4 -> {
        if (random.nextInt(3) == 0) {
          scheduler.crash();
        }
      }
      case 5 -> scheduler.api.cutWatches();
      default -> pods.add(scheduler.pod(TestPods.pod("p" + i, random.nextInt(1, 9) + "00m")));
    }
  }

  static void check(TestScheduler scheduler) {
    Map<String, List<ApiObject>> byNode =
        scheduler.all(TestScheduler.PODS).stream()
            .filter(p -> !PodView.of(p).node().isEmpty())
            .collect(Collectors.groupingBy(p -> PodView.of(p).node()));
    for (ApiObject node : scheduler.all(TestScheduler.NODES)) {
      List<ApiObject> pods = byNode.getOrDefault(node.name(), List.of());
      var allocatable = node.tree().at("/status/allocatable");
      long cpu = pods.stream().mapToLong(p -> PodView.of(p).demand().requests().milliCpu()).sum();
      assertThat(cpu)
          .isLessThanOrEqualTo(Quantity.parse(allocatable.path("cpu").asString("")).milliValue());
      assertThat(pods).hasSizeLessThanOrEqualTo(allocatable.path("pods").asInt(0));
    }
    Map<String, Long> bindings =
        scheduler.api.writes().stream()
            .filter(w -> w.verb().equals("binding"))
            .collect(Collectors.groupingBy(FakeRequest::name, Collectors.counting()));
    assertThat(bindings.values()).allMatch(count -> count == 1);
  }

  /** No pod waits for which there is a node. */
  private static boolean settled(TestScheduler scheduler) {
    return unsettled(scheduler).isEmpty();
  }

  private static List<String> unsettled(TestScheduler scheduler) {
    ClusterState state = new ClusterState();
    scheduler.all(TestScheduler.NODES).forEach(n -> state.putNode(view(n)));
    List<PodView> pods = scheduler.all(TestScheduler.PODS).stream().map(PodView::of).toList();
    pods.stream().filter(p -> !p.node().isEmpty()).forEach(state::bound);
    return pods.stream()
        .filter(PodView::pending)
        .filter(p -> place(state, p) instanceof Placement.Chosen)
        .map(p -> p.key().toString())
        .toList();
  }

  static Placement place(ClusterState state, PodView pod) {
    return new Decision(new Random(1)).place(attempt(state, pod), new Nominations());
  }

  static Attempt attempt(ClusterState state, PodView pod) {
    return new Attempt(
        pod,
        Profile.DEFAULT,
        state.nodes(),
        state.nodes().of(state.nodes().pools()),
        state.census(),
        List.of(),
        Needs.NONE);
  }

  static NodeView view(ApiObject node) {
    return NodeView.ALL.decoder().apply(node);
  }

  /** Some bindings are refused, of some the answer is lost. */
  static final class Flaky implements Fault {
    private final Random random;

    Flaky(long seed) {
      this.random = new Random(seed);
    }

    @Override
    public Optional<Status> refuse(String verb, GroupResource resource, String name) {
      return verb.equals("binding") && random.nextInt(5) == 0 ? down() : Optional.empty();
    }

    @Override
    public Optional<Status> lose(String verb, GroupResource resource, String name) {
      return verb.equals("binding") && random.nextInt(5) == 0 ? down() : Optional.empty();
    }

    private static Optional<Status> down() {
      return Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "down"));
    }
  }
}
