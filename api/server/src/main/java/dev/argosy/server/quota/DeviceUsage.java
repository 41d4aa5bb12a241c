package dev.argosy.server.quota;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How many devices of each class a resource claim may get at most. Of alternatives the largest
 * counts, since nobody knows yet which it will be.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/policy/resource-quotas/">Resource quotas</a>
 */
final class DeviceUsage {

  static final String OF_CLASS = ".deviceclass.resource.k8s.io/devices";

  /** The most devices that a claim can be given; what "all" may come to. */
  private static final long MOST = 32;

  private DeviceUsage() {}

  static void add(JsonNode claim, Map<String, Quantity> usage) {
    for (JsonNode request : claim.path("spec").path("devices").path("requests")) {
      if (request.path("firstAvailable").isEmpty()) {
        Amounts.add(usage, devices(request.path("exactly")));
      } else {
        Map<String, Quantity> most = new TreeMap<>();
        request.path("firstAvailable").forEach(one -> Amounts.raise(most, devices(one)));
        Amounts.add(usage, most);
      }
    }
  }

  private static Map<String, Quantity> devices(JsonNode wanted) {
    boolean all = wanted.path("allocationMode").asString("").equals("All");
    long count = all ? MOST : wanted.path("count").asLong(1);
    return Map.of(wanted.path("deviceClassName").asString("") + OF_CLASS, Quantity.ofUnits(count));
  }
}
