package dev.argosy.server.eviction;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Judges evictions by the disruption budgets of a namespace.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/">API-initiated
 *     eviction</a>
 */
public final class Budgets {

  public static final GroupResource RESOURCE = new GroupResource("policy", "poddisruptionbudgets");

  private static final Set<String> NOT_COUNTED = Set.of("Succeeded", "Failed", "Pending");
  private static final String TWO =
      "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
          + " support.";

  private Budgets() {}

  /** Whether budgets have a say at all: a pod that ended, or has not begun, disrupts nothing. */
  public static boolean protect(JsonNode pod) {
    return !NOT_COUNTED.contains(pod.path("status").path("phase").asString(""))
        && !pod.path("metadata").has("deletionTimestamp");
  }

  /**
   * Judges the eviction of a pod that budgets {@link #protect}.
   *
   * @param budgets all of the pod's namespace, as they are now
   */
  public static Judgement judge(JsonNode pod, List<ApiObject> budgets, Instant now) {
    List<ApiObject> own = budgets.stream().filter(budget -> covers(budget, pod)).toList();
    if (own.isEmpty()) {
      return new Judgement.Free();
    }
    if (own.size() > 1) {
      return new Judgement.Refused(Status.of(Reason.UNKNOWN, TWO));
    }
    Budget budget = new Budget(own.getFirst());
    boolean free = !ready(pod) && budget.letsUnhealthyGo();
    return free ? new Judgement.Free() : budget.charge(pod, now);
  }

  private static boolean covers(ApiObject budget, JsonNode pod) {
    Map<String, String> labels = new HashMap<>();
    pod.path("metadata")
        .path("labels")
        .forEachEntry((name, value) -> labels.put(name, value.asString("")));
    try {
      JsonNode selector = budget.tree().path("spec").get("selector");
      return LabelSelector.ofObject(selector).matches(labels);
    } catch (SelectorSyntaxException e) {
      return false;
    }
  }

  private static boolean ready(JsonNode pod) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }
}
