package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.plan.Action;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Plan;
import dev.argosy.agent.runtime.spi.Container;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In what order a plan ends containers. */
final class PlayedStops {

  private PlayedStops() {}

  /** Nobody waits for what does not run, nor for itself, nor for one that waits for it. */
  static void check(Plan plan, Observed observed, PlayedPod pod) {
    Map<String, Set<String>> after = new HashMap<>();
    for (Action action : plan.actions()) {
      if (action instanceof Action.StopContainer stop) {
        after.put(stop.id(), stop.after());
      }
    }
    List<String> running = observed.running().stream().map(Container::id).toList();
    after.forEach((id, others) -> {
      assertThat(running).as("%s waits: %s", id, pod).containsAll(others);
      assertThat(others).as("%s waits for itself: %s", id, pod).doesNotContain(id);
      for (String other : others) {
        assertThat(after.getOrDefault(other, Set.of()))
            .as("%s and %s wait for each other: %s", id, other, pod)
            .doesNotContain(id);
      }
    });
  }
}
