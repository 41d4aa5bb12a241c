package dev.argosy.server.quota;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import dev.argosy.server.admission.PodAmounts;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a pod costs; one that is over costs no more than its place in the store. */
final class PodUsage {

  private static final Set<String> PLAIN = Set.of("cpu", "memory", "ephemeral-storage");
  private static final String HUGE = "hugepages-";

  private PodUsage() {}

  static void add(JsonNode pod, Map<String, Quantity> usage) {
    String phase = pod.path("status").path("phase").asString("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return;
    }
    usage.put("pods", Quantity.ofUnits(1));
    usage.putAll(named(PodAmounts.heldRequests(pod), PodAmounts.heldLimits(pod)));
  }

  /** What a single container asks for, as quotas name it. */
  static Map<String, Quantity> ofContainer(JsonNode container) {
    JsonNode resources = container.path("resources");
    return named(Amounts.of(resources.path("requests")), Amounts.of(resources.path("limits")));
  }

  private static Map<String, Quantity> named(
      Map<String, Quantity> requests, Map<String, Quantity> limits) {
    Map<String, Quantity> usage = new TreeMap<>();
    requests.forEach((name, amount) -> {
      if (PLAIN.contains(name) || name.startsWith(HUGE)) {
        usage.put(name, amount);
      }
      if (PLAIN.contains(name) || name.startsWith(HUGE) || name.indexOf('/') > 0) {
        usage.put("requests." + name, amount);
      }
    });
    limits.forEach((name, amount) -> {
      if (PLAIN.contains(name)) {
        usage.put("limits." + name, amount);
      }
    });
    return usage;
  }
}
