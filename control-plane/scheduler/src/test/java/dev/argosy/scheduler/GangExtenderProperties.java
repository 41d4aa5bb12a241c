package dev.argosy.scheduler;

import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.object.Json;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.pod.PodView;
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

  private volatile boolean answers;

  @Property(tries = 8)
  void wholeOrAbsentWhereTheyMayBe(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    answers = true;
    try (FakeExtender extender = new FakeExtender();
        TestScheduler scheduler = new TestScheduler()) {
      extender.answers("filter", this::judge);
      scheduler.configure(
          extender, "'filterVerb':'filter','nodeCacheCapable':true,'httpTimeout':'2s'");
      scheduler.api.setFault(new SchedulerProperties.Flaky(seed));
      GangScene scene = new GangScene(scheduler, 4, 0, GangExtenderProperties::place);
      for (int i = 0; i < STEPS; i++) {
        scene.step(random, i, () -> answers = random.nextBoolean());
        if (random.nextInt(3) > 0) {
          scene.tend();
        }
        SchedulerProperties.check(scheduler);
      }
      answers = true;
      scheduler.api.setFault(Fault.NONE);
      scheduler.await(
          "rest",
          () -> scene.tend() && wrong(scene).isEmpty(),
          () -> "seed " + seed + wrong(scene));
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

  private static List<String> wrong(GangScene scene) {
    List<String> wrong = new ArrayList<>(scene.wrong());
    for (PodView pod : scene.pods()) {
      if (!pod.node().isEmpty() && !lets(PodGroup.name(pod), pod.node())) {
        wrong.add(pod.key() + " may not be on " + pod.node());
      }
    }
    return wrong;
  }

  /** Where a pod fits among the nodes where it may be. */
  private static Placement place(ClusterState state, PodView pod) {
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
    return new Decision(new Random(1)).place(attempt, new Nominations());
  }
}
