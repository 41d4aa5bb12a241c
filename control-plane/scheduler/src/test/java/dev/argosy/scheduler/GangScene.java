package dev.argosy.scheduler;

import dev.argosy.model.client.ResourceScope;
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
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/** Gangs, whoever makes their pods anew, and what happens around them. */
final class GangScene {

  /** A gang, and whoever makes its pods anew. */
  private record Owner(String name, int least, int wanted, String cpu) {}

  private final TestScheduler scheduler;
  private final int most;
  private final int spare;
  private final BiFunction<ClusterState, PodView, Placement> place;
  private final List<Owner> owners = new ArrayList<>();
  private int made;

  /**
   * On one node.
   *
   * @param most how many gangs there are
   * @param spare how many pods more than it needs a gang may have
   * @param place where a pod that is waiting fits
   */
  GangScene(
      TestScheduler scheduler,
      int most,
      int spare,
      BiFunction<ClusterState, PodView, Placement> place) {
    this.scheduler = scheduler;
    this.most = most;
    this.spare = spare;
    this.place = place;
    scheduler.node(TestPods.node("n0", "2", 6));
  }

  /**
   * Lets one thing happen.
   *
   * @param own what happens in this scene only
   */
  void step(Random random, int i, Runnable own) {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> begin(random, i);
      case 3, 4 -> {
        List<ApiObject> pods = scheduler.all(TestScheduler.PODS);
        if (!pods.isEmpty()) {
          scheduler.delete(pods.get(random.nextInt(pods.size())).key());
        }
      }
      case 5 ->
          scheduler.patchNode("n0", "{'spec':{'unschedulable':" + random.nextBoolean() + "}}");
      case 6 -> scheduler.crash();
      case 7 -> own.run();
      case 8 -> scheduler.node(TestPods.node("n" + (i + 1), "1", 3 + random.nextInt(3)));
      case 9 -> scheduler.timers.advance(Duration.ofSeconds(random.nextInt(4)));
      default -> scheduler.pod(TestPods.pod("single-" + i, "400m"));
    }
  }

  private void begin(Random random, int i) {
    if (owners.size() < most) {
      int least = 1 + random.nextInt(3);
      String cpu = random.nextInt(3, 9) + "00m";
      Owner owner = new Owner("g" + i, least, least + random.nextInt(spare + 1), cpu);
      owners.add(owner);
      scheduler.client.create(
          ResourceScope.namespace(PodGroup.PODGROUPS, "acme", "default"), group(owner));
    }
  }

  private static ObjectNode group(Owner owner) {
    ObjectNode group = Json.object();
    group.put("apiVersion", "scheduling.x-k8s.io/v1alpha1").put("kind", "PodGroup");
    group.putObject("metadata").put("name", owner.name());
    group.putObject("spec").put("minMember", owner.least()).put("scheduleTimeoutSeconds", 3);
    return group;
  }

  /**
   * What agents and the owners of pods do: what is being deleted goes, what is gone is made.
   *
   * @return whether there was nothing to do
   */
  boolean tend() {
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

  List<PodView> pods() {
    return scheduler.all(TestScheduler.PODS).stream().map(PodView::of).toList();
  }

  /** Gangs that are neither whole nor absent, or wait though they fit. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    List<PodView> pods = pods();
    for (Owner owner : owners) {
      List<PodView> members =
          pods.stream().filter(p -> PodGroup.name(p).equals(owner.name())).toList();
      long bound = members.stream().filter(p -> !p.node().isEmpty() && !p.deleting()).count();
      if (bound > 0 && bound < owner.least()) {
        wrong.add(owner.name() + " is half: " + bound + " of " + owner.least());
      }
      List<PodView> waiting = members.stream().filter(PodView::pending).toList();
      int needed = bound == 0 ? owner.least() : 1;
      if (waiting.size() >= needed && fitting(pods, waiting) >= needed) {
        wrong.add(owner.name() + " waits, and fits: " + waiting.size());
      }
    }
    return wrong;
  }

  /** How many of them fit. */
  private int fitting(List<PodView> all, List<PodView> waiting) {
    ClusterState state = new ClusterState();
    scheduler.all(TestScheduler.NODES).forEach(n -> state.putNode(SchedulerProperties.view(n)));
    all.stream().filter(p -> !p.node().isEmpty()).forEach(state::bound);
    int count = 0;
    for (PodView pod : waiting) {
      if (place.apply(state, pod) instanceof Placement.Chosen(String node)) {
        state.assume(pod, node);
        count++;
      }
    }
    return count;
  }
}
