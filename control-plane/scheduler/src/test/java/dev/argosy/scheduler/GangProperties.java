package dev.argosy.scheduler;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.pod.PodView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever happens, a gang is whole or absent when all has come to rest, nodes are never over
 * capacity, pods are bound once, and no gang waits that fits.
 */
class GangProperties {

  private static final int STEPS = 40;

  /** A gang, and whoever makes its pods anew. */
  private record Owner(String name, int least, int wanted, String cpu) {}

  private final List<Owner> owners = new ArrayList<>();
  private int made;

  @Property(tries = 15)
  void wholeOrAbsent(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    owners.clear();
    made = 0;
    try (TestScheduler scheduler = new TestScheduler()) {
      scheduler.api.setFault(new SchedulerProperties.Flaky(seed));
      scheduler.node(TestPods.node("n0", "2", 6));
      for (int i = 0; i < STEPS; i++) {
        step(scheduler, random, i);
        if (random.nextInt(3) > 0) {
          tend(scheduler);
        }
        SchedulerProperties.check(scheduler);
      }
      scheduler.api.setFault(Fault.NONE);
      scheduler.await("rest", () -> settled(scheduler), () -> "seed " + seed + wrong(scheduler));
      SchedulerProperties.check(scheduler);
    }
  }

  private void step(TestScheduler scheduler, Random random, int i) {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> {
        if (owners.size() < 5) {
          int least = 1 + random.nextInt(3);
          String cpu = random.nextInt(3, 9) + "00m";
          Owner owner = new Owner("g" + i, least, least + random.nextInt(2), cpu);
          owners.add(owner);
          scheduler.client.create(
              ResourceScope.namespace(PodGroup.PODGROUPS, "acme", "default"), group(owner));
        }
      }
      case 3, 4 -> {
        List<ApiObject> pods = scheduler.all(TestScheduler.PODS);
        if (!pods.isEmpty()) {
          scheduler.delete(pods.get(random.nextInt(pods.size())).key());
        }
      }
      case 5 ->
          scheduler.patchNode("n0", "{'spec':{'unschedulable':" + random.nextBoolean() + "}}");
      case 6 -> scheduler.crash();
      case 7 -> scheduler.api.cutWatches();
      case 8 -> scheduler.node(TestPods.node("n" + (i + 1), "1", 3 + random.nextInt(3)));
      case 9 -> scheduler.timers.advance(Duration.ofSeconds(random.nextInt(4)));
      default -> scheduler.pod(TestPods.pod("single-" + i, "400m"));
    }
  }

  private static ObjectNode group(Owner owner) {
    ObjectNode group = Json.object();
    group.put("apiVersion", "scheduling.x-k8s.io/v1alpha1").put("kind", "PodGroup");
    group.putObject("metadata").put("name", owner.name());
    group.putObject("spec").put("minMember", owner.least()).put("scheduleTimeoutSeconds", 3);
    return group;
  }

  /** What agents and the owners of pods do: what is being deleted goes, what is gone is made. */
  private boolean tend(TestScheduler scheduler) {
    boolean rest = true;
    Map<String, Integer> there = new HashMap<>();
    for (ApiObject pod : scheduler.all(TestScheduler.PODS)) {
      if (pod.meta().deleting()) {
        scheduler.delete(pod.key());
        rest = false;
      } else {
        there.merge(pod.meta().labels().getOrDefault(PodGroup.LABEL, ""), 1, Integer::sum);
      }
    }
    for (Owner owner : owners) {
      for (int i = there.getOrDefault(owner.name(), 0); i < owner.wanted(); i++) {
        ObjectNode pod = TestPods.pod(owner.name() + "-" + made++, owner.cpu());
        pod.withObject("/metadata/labels").put(PodGroup.LABEL, owner.name());
        scheduler.pod(pod);
        rest = false;
      }
    }
    return rest;
  }

  private boolean settled(TestScheduler scheduler) {
    return tend(scheduler) && wrong(scheduler).isEmpty();
  }

  private List<String> wrong(TestScheduler scheduler) {
    List<String> wrong = new ArrayList<>();
    List<PodView> pods = scheduler.all(TestScheduler.PODS).stream().map(PodView::of).toList();
    for (Owner owner : owners) {
      List<PodView> members =
          pods.stream().filter(p -> PodGroup.name(p).equals(owner.name())).toList();
      long bound = members.stream().filter(p -> !p.node().isEmpty() && !p.deleting()).count();
      if (bound > 0 && bound < owner.least()) {
        wrong.add(owner.name() + " is half: " + bound + " of " + owner.least());
      }
      List<PodView> waiting = members.stream().filter(PodView::pending).toList();
      int needed = bound == 0 ? owner.least() : 1;
      if (waiting.size() >= needed && fitting(scheduler, pods, waiting) >= needed) {
        wrong.add(owner.name() + " waits, and fits: " + waiting.size());
      }
    }
    return wrong;
  }

  private static int fitting(TestScheduler scheduler, List<PodView> all, List<PodView> waiting) {
    ClusterState state = new ClusterState();
    scheduler.all(TestScheduler.NODES).forEach(n -> state.putNode(SchedulerProperties.view(n)));
    all.stream().filter(p -> !p.node().isEmpty()).forEach(state::bound);
    int count = 0;
    for (PodView pod : waiting) {
      if (SchedulerProperties.place(state, pod) instanceof Placement.Chosen(String node)) {
        state.assume(pod, node);
        count++;
      }
    }
    return count;
  }
}
