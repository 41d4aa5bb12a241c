package dev.argosy.scheduler;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * With an extender that lets each gang be on some nodes only, and does not always answer: whatever
 * happens, when all has come to rest each gang is whole or absent, every member is where it may be,
 * and no gang waits that fits.
 */
class GangExtenderProperties {

  private static final int STEPS = 25;

  /** A gang, and whoever makes its pods anew. */
  private record Owner(String name, int least, String cpu) {}

  private final List<Owner> owners = new ArrayList<>();
  private volatile boolean answers;
  private int made;

  @Property(tries = 8)
  void wholeOrAbsentWhereTheyMayBe(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    owners.clear();
    made = 0;
    answers = true;
    try (FakeExtender extender = new FakeExtender();
        TestScheduler scheduler = new TestScheduler()) {
      extender.answers("filter", this::judge);
      scheduler.configure(
          extender.configuration(
              "'filterVerb':'filter','nodeCacheCapable':true,'httpTimeout':'2s'"));
      scheduler.api.setFault(new SchedulerProperties.Flaky(seed));
      scheduler.node(TestPods.node("n0", "2", 6));
      for (int i = 0; i < STEPS; i++) {
        step(scheduler, random, i);
        if (random.nextInt(3) > 0) {
          tend(scheduler);
        }
        SchedulerProperties.check(scheduler);
      }
      answers = true;
      scheduler.api.setFault(Fault.NONE);
      scheduler.await("rest", () -> settled(scheduler), () -> "seed " + seed + wrong(scheduler));
      SchedulerProperties.check(scheduler);
    }
  }

  private JsonNode judge(JsonNode body) {
    ObjectNode answer = Json.object();
    if (!answers) {
      return answer.put("Error", "not now");
    }
    String gang = body.at("/Pod/metadata/labels").path(PodGroup.LABEL).asString("");
    ArrayNode left = answer.putArray("NodeNames");
    for (JsonNode node : body.path("NodeNames")) {
      if (lets(gang, node.asString(""))) {
        left.add(node);
      }
    }
    return answer;
  }

  private static boolean lets(String gang, String node) {
    return gang.isEmpty() || Math.floorMod((gang + node).hashCode(), 3) > 0;
  }

  private void step(TestScheduler scheduler, Random random, int i) {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> {
        if (owners.size() < 4) {
          Owner owner = new Owner("g" + i, 1 + random.nextInt(3), random.nextInt(3, 9) + "00m");
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
      case 7 -> answers = random.nextBoolean();
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
      for (int i = there.getOrDefault(owner.name(), 0); i < owner.least(); i++) {
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
    for (PodView pod : pods) {
      if (!pod.node().isEmpty() && !lets(PodGroup.name(pod), pod.node())) {
        wrong.add(pod.key() + " may not be on " + pod.node());
      }
    }
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

  /** How many of them fit on the nodes where they may be. */
  private static int fitting(TestScheduler scheduler, List<PodView> all, List<PodView> waiting) {
    ClusterState state = new ClusterState();
    scheduler.all(TestScheduler.NODES).forEach(n -> state.putNode(SchedulerProperties.view(n)));
    all.stream().filter(p -> !p.node().isEmpty()).forEach(state::bound);
    int count = 0;
    for (PodView pod : waiting) {
      Map<String, Long> marks = new HashMap<>();
      state
          .nodes()
          .slots()
          .forEach(slot -> {
            String name = state.nodes().at(slot).node().name();
            if (lets(PodGroup.name(pod), name)) {
              marks.put(name, 0L);
            }
          });
      Attempt attempt =
          SchedulerProperties.attempt(state, pod).with(new Advice(marks, Map.of(), false));
      Placement placement = new Decision(new Random(1)).place(attempt, new Nominations());
      if (placement instanceof Placement.Chosen(String node)) {
        state.assume(pod, node);
        count++;
      }
    }
    return count;
  }
}
