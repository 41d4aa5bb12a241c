package dev.argosy.server.admission;

import dev.argosy.model.quantity.Quantity;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What a pod as a whole asks for: the sum of its containers and sidecars, or what its init
 * containers need on the way, whichever is more; what the pod says for itself goes first.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers">
 *     Resource sharing within containers</a>
 */
public final class PodAmounts {

  private PodAmounts() {}

  /** The requests of a pod, with the overhead of its runtime. */
  public static Map<String, Quantity> requests(JsonNode spec) {
    Map<String, Quantity> sum = total(spec, "requests");
    Amounts.add(sum, Amounts.of(spec.path("overhead")));
    return sum;
  }

  /** The limits of a pod; the overhead counts where there is a limit. */
  public static Map<String, Quantity> limits(JsonNode spec) {
    return withOverhead(spec, total(spec, "limits"));
  }

  private static Map<String, Quantity> withOverhead(JsonNode spec, Map<String, Quantity> sum) {
    Amounts.of(spec.path("overhead"))
        .forEach((name, amount) -> sum.computeIfPresent(name, (n, limit) -> limit.add(amount)));
    return sum;
  }

  /**
   * What a pod takes from others: its requests, or what its containers still hold of earlier ones
   * until its node has resized them, whichever is more.
   */
  public static Map<String, Quantity> heldRequests(JsonNode pod) {
    Map<String, Quantity> sum =
        total(pod.path("spec"), "requests", new HeldAmounts(pod, "requests"));
    Amounts.add(sum, Amounts.of(pod.path("spec").path("overhead")));
    return sum;
  }

  /** As {@link #heldRequests}, of limits. */
  public static Map<String, Quantity> heldLimits(JsonNode pod) {
    JsonNode spec = pod.path("spec");
    return withOverhead(spec, total(spec, "limits", new HeldAmounts(pod, "limits")));
  }

  private static Map<String, Quantity> total(JsonNode spec, String list) {
    return total(spec, list, container -> Amounts.of(container.path("resources").path(list)));
  }

  private static Map<String, Quantity> total(
      JsonNode spec, String list, Function<JsonNode, Map<String, Quantity>> amounts) {
    Map<String, Quantity> sum = new TreeMap<>();
    for (JsonNode container : spec.path("containers")) {
      Amounts.add(sum, amounts.apply(container));
    }
    Map<String, Quantity> sidecars = new TreeMap<>();
    Map<String, Quantity> start = new TreeMap<>();
    for (JsonNode container : spec.path("initContainers")) {
      Map<String, Quantity> own = amounts.apply(container);
      if (container.path("restartPolicy").asString("").equals("Always")) {
        Amounts.add(sum, own);
        Amounts.add(sidecars, own);
        own = sidecars;
      } else {
        Amounts.add(own, sidecars);
      }
      Amounts.raise(start, own);
    }
    Amounts.raise(sum, start);
    sum.putAll(Amounts.of(spec.path("resources").path(list)));
    return sum;
  }
}
