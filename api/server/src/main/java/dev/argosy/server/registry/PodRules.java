package dev.argosy.server.registry;

import dev.argosy.model.object.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods: first status, quality of service, graceful deletion. */
final class PodRules implements KindRules {

  private static final long DEFAULT_GRACE = 30;
  private static final Set<String> COUNTED = Set.of("cpu", "memory");

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    ObjectNode status = Json.object();
    status.put("phase", "Pending").put("qosClass", qosClass(object.path("spec")));
    if (!object.path("spec").path("schedulingGates").isEmpty()) {
      status
          .putArray("conditions")
          .addObject()
          .put("type", "PodScheduled")
          .put("status", "False")
          .put("reason", "SchedulingGated")
          .put("message", "Scheduling is blocked due to non-empty scheduling gates");
    }
    object.set("status", status);
  }

  @Override
  public long grace(@Nullable Long requested, ObjectNode object) {
    String phase = object.path("status").path("phase").asString("");
    boolean nothingRuns =
        object.path("spec").path("nodeName").asString("").isEmpty()
            || phase.equals("Succeeded")
            || phase.equals("Failed");
    if (nothingRuns) {
      return 0;
    }
    long grace =
        requested != null
            ? requested
            : object.path("spec").path("terminationGracePeriodSeconds").asLong(DEFAULT_GRACE);
    return grace < 0 ? 1 : grace;
  }

  /**
   * The class that decides who goes first when a node runs out of memory.
   *
   * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">Pod QoS</a>
   */
  static String qosClass(JsonNode spec) {
    boolean any = false;
    boolean guaranteed = true;
    for (String list : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : spec.path(list)) {
        JsonNode resources = container.path("resources");
        any |= counts(resources.path("requests")) || counts(resources.path("limits"));
        guaranteed &= guaranteed(resources);
      }
    }
    return any ? guaranteed ? "Guaranteed" : "Burstable" : "BestEffort";
  }

  private static boolean counts(JsonNode amounts) {
    return COUNTED.stream().anyMatch(name -> isSet(amounts.path(name).asString("")));
  }

  private static boolean guaranteed(JsonNode resources) {
    return COUNTED.stream()
        .allMatch(name -> {
          String limit = resources.path("limits").path(name).asString("");
          String request = resources.path("requests").path(name).asString(limit);
          return isSet(limit) && request.equals(limit);
        });
  }

  private static boolean isSet(String amount) {
    return !amount.isEmpty() && !amount.equals("0");
  }
}
