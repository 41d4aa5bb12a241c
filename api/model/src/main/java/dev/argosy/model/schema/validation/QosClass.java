package dev.argosy.model.schema.validation;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The class that decides whose pod goes first when a node runs out of memory.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">Pod QoS</a>
 */
public final class QosClass {

  private static final List<String> COUNTED = List.of("cpu", "memory");

  private QosClass() {}

  /** Guaranteed, Burstable or BestEffort, of a pod's spec with defaults. */
  public static String of(JsonNode spec) {
    if (!spec.path("resources").isEmpty()) {
      JsonNode whole = spec.path("resources");
      return name(counts(whole), guaranteed(whole));
    }
    boolean any = false;
    boolean guaranteed = true;
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        any |= counts(container.path("resources"));
        guaranteed &= guaranteed(container.path("resources"));
      }
    }
    return name(any, guaranteed);
  }

  private static String name(boolean any, boolean guaranteed) {
    return any ? guaranteed ? "Guaranteed" : "Burstable" : "BestEffort";
  }

  private static boolean counts(JsonNode resources) {
    return COUNTED.stream()
        .anyMatch(name ->
            isSet(resources.path("requests").path(name).asString(""))
                || isSet(resources.path("limits").path(name).asString("")));
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
