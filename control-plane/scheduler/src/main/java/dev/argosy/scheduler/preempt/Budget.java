package dev.argosy.scheduler.preempt;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.scheduler.pod.PodView;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A PodDisruptionBudget as the scheduler sees it.
 *
 * @param selector of pods; an empty one means none here, as in Kubernetes' scheduler
 * @param allowed how many more of them may go
 * @param granted names of pods that are counted as gone already
 */
public record Budget(ObjectKey key, LabelSelector selector, int allowed, Set<String> granted) {

  private static final GroupResource BUDGETS = new GroupResource("policy", "poddisruptionbudgets");

  /** All budgets of all clusters. */
  public static final InformerSpec<Budget> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(BUDGETS), Budget::of);

  public Budget {
    granted = Set.copyOf(granted);
  }

  static Budget of(ApiObject budget) {
    JsonNode status = budget.content().path("status");
    Set<String> granted = new HashSet<>();
    status.path("disruptedPods").forEachEntry((pod, time) -> granted.add(pod));
    return new Budget(
        budget.key(),
        LabelSelector.ofObject(budget.content().path("spec").get("selector")),
        status.path("disruptionsAllowed").asInt(0),
        granted);
  }

  boolean isAbout(PodView pod) {
    return !selector.matchesEverything()
        && selector.matches(pod.company().labels())
        && !granted.contains(pod.key().name());
  }
}
