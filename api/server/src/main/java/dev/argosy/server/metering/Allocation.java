package dev.argosy.server.metering;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import dev.argosy.server.admission.PodAmounts;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What an object is charged for.
 *
 * @param node where a pod is
 * @param amounts by resource, none of them 0; empty: it is not charged for
 */
record Allocation(String node, Map<String, String> labels, SortedMap<String, BigDecimal> amounts) {

  /** The kinds of what is charged for, by resource. */
  static final Map<GroupResource, String> KINDS =
      Map.of(
          new GroupResource("", "pods"),
          "Pod",
          new GroupResource("", "persistentvolumeclaims"),
          "PersistentVolumeClaim",
          new GroupResource("", "services"),
          "Service",
          new GroupResource("", "nodes"),
          "Node");

  private static final Set<String> OF_NODES = Set.of(PoolGrants.POOL_LABEL);

  /** In front of what a node has to give. */
  static final String CAPACITY = "capacity.";

  static final Allocation NONE =
      new Allocation("", Map.of(), Collections.unmodifiableSortedMap(new TreeMap<>()));

  boolean none() {
    return amounts.isEmpty();
  }

  /**
   * Of an object as it is.
   *
   * @param resource one of {@link #KINDS}
   * @param labels those that are kept
   */
  static Allocation of(GroupResource resource, JsonNode object, Set<String> labels) {
    SortedMap<String, BigDecimal> amounts = new TreeMap<>();
    String node = "";
    switch (resource.resource()) {
      case "pods" -> {
        node = object.path("spec").path("nodeName").asString("");
        pod(object, node, amounts);
      }
      case "persistentvolumeclaims" -> claim(object, amounts);
      case "services" -> service(object, amounts);
      case "nodes" -> node(object, amounts);
      default -> {}
    }
    amounts.values().removeIf(amount -> amount.signum() <= 0);
    if (amounts.isEmpty()) {
      return NONE;
    }
    boolean machine = resource.resource().equals("nodes");
    return new Allocation(
        node,
        kept(object, machine ? OF_NODES : labels),
        Collections.unmodifiableSortedMap(amounts));
  }

  /** From when it has a node until it is over, as the scheduler and quotas count it. */
  private static void pod(JsonNode pod, String node, Map<String, BigDecimal> amounts) {
    String phase = pod.path("status").path("phase").asString("");
    if (node.isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
      return;
    }
    put(PodAmounts.heldRequests(pod), "", amounts);
    amounts.put("pods", BigDecimal.ONE);
  }

  /** While it is bound: what its volume has, or what it asks for if that is more. */
  private static void claim(JsonNode claim, Map<String, BigDecimal> amounts) {
    JsonNode status = claim.path("status");
    if (!status.path("phase").asString("").equals("Bound")) {
      return;
    }
    Map<String, Quantity> most = Amounts.of(claim.path("spec").path("resources").path("requests"));
    Amounts.raise(most, Amounts.of(status.path("capacity")));
    Amounts.raise(most, Amounts.of(status.path("allocatedResources")));
    most.keySet().retainAll(Set.of("storage"));
    put(most, "", amounts);
  }

  private static void service(JsonNode service, Map<String, BigDecimal> amounts) {
    if (service.path("spec").path("type").asString("").equals("LoadBalancer")) {
      amounts.put("loadbalancers", BigDecimal.ONE);
      int addresses = service.path("status").path("loadBalancer").path("ingress").size();
      amounts.put("addresses", BigDecimal.valueOf(addresses));
    }
  }

  private static void node(JsonNode node, Map<String, BigDecimal> amounts) {
    put(Amounts.of(node.path("status").path("allocatable")), CAPACITY, amounts);
  }

  private static void put(
      Map<String, Quantity> given, String prefix, Map<String, BigDecimal> amounts) {
    given.forEach((name, amount) ->
        amounts.put(
            prefix + name, new BigDecimal(amount.amount().stripTrailingZeros().toPlainString())));
  }

  /** The labels of an object by which usage is told apart. */
  static Map<String, String> kept(JsonNode object, Set<String> labels) {
    Map<String, String> kept = new TreeMap<>();
    JsonNode all = object.path("metadata").path("labels");
    for (String label : labels) {
      JsonNode value = all.path(label);
      if (value.isString()) {
        kept.put(label, value.asString(""));
      }
    }
    return kept;
  }
}
