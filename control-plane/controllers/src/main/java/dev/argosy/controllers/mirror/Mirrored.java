package dev.argosy.controllers.mirror;

import dev.argosy.controllers.runtime.Owned;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What slices Endpoints should have: one for each subset and family of addresses. */
final class Mirrored {

  /** As many addresses of a subset as are mirrored. */
  static final int MOST = 1000;

  private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
  private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

  /** Annotations that are about the Endpoints themselves. */
  private static final Set<String> OWN =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          "endpoints.kubernetes.io/last-change-trigger-time",
          "endpoints.kubernetes.io/over-capacity");

  private Mirrored() {}

  /** Whether they are mirrored at all: not if they say so, nor if they are a leader's lock. */
  static boolean wanted(ApiObject endpoints) {
    return !endpoints.meta().deleting()
        && !endpoints.meta().labels().getOrDefault(SKIP, "").equals("true")
        && !endpoints.meta().annotations().containsKey(LEADER);
  }

  /** The slices, without names. */
  static List<ObjectNode> of(ApiObject endpoints) {
    List<ObjectNode> slices = new ArrayList<>();
    for (JsonNode subset : endpoints.tree().path("subsets")) {
      ArrayNode four = Json.mapper().createArrayNode();
      ArrayNode six = Json.mapper().createArrayNode();
      List<ObjectNode> all = addresses(subset);
      for (ObjectNode endpoint : all.subList(0, Math.min(MOST, all.size()))) {
        boolean colon = endpoint.path("addresses").path(0).asString("").indexOf(':') >= 0;
        (colon ? six : four).add(endpoint);
      }
      if (!four.isEmpty()) {
        slices.add(slice(endpoints, subset, "IPv4", four));
      }
      if (!six.isEmpty()) {
        slices.add(slice(endpoints, subset, "IPv6", six));
      }
    }
    return slices;
  }

  private static List<ObjectNode> addresses(JsonNode subset) {
    List<ObjectNode> all = new ArrayList<>();
    subset.path("addresses").forEach(address -> all.add(endpoint(address, true)));
    subset.path("notReadyAddresses").forEach(address -> all.add(endpoint(address, false)));
    return all;
  }

  private static ObjectNode endpoint(JsonNode address, boolean ready) {
    ObjectNode endpoint = Json.object();
    endpoint.putArray("addresses").add(address.path("ip").asString(""));
    endpoint.putObject("conditions").put("ready", ready);
    for (String field : List.of("hostname", "nodeName", "targetRef")) {
      JsonNode value = address.get(field);
      if (value != null) {
        endpoint.set(field, value);
      }
    }
    return endpoint;
  }

  private static ObjectNode slice(
      ApiObject endpoints, JsonNode subset, String family, ArrayNode addresses) {
    ObjectNode slice =
        Owned.newObject(
            "discovery.k8s.io/v1",
            "EndpointSlice",
            endpoints.namespace(),
            Owned.by("v1", "Endpoints", endpoints));
    ObjectNode meta = slice.withObject("/metadata");
    meta.put("generateName", endpoints.name() + "-");
    ObjectNode labels = meta.putObject("labels");
    new TreeMap<>(endpoints.meta().labels()).forEach(labels::put);
    labels.put(MirrorSlice.SERVICE_NAME, endpoints.name());
    labels.put(MirrorSlice.MANAGED_BY, MirrorSlice.MANAGER);
    Map<String, String> annotations = new TreeMap<>(endpoints.meta().annotations());
    annotations.keySet().removeAll(OWN);
    if (!annotations.isEmpty()) {
      annotations.forEach(meta.putObject("annotations")::put);
    }
    slice.put("addressType", family);
    slice.set("endpoints", addresses);
    slice.set("ports", ports(subset));
    return slice;
  }

  private static ArrayNode ports(JsonNode subset) {
    ArrayNode ports = Json.mapper().createArrayNode();
    for (JsonNode port : subset.path("ports")) {
      ObjectNode one = ports.addObject();
      one.put("name", port.path("name").asString(""));
      one.put("port", port.path("port").asInt(0));
      one.put("protocol", port.path("protocol").asString("TCP"));
      if (port.has("appProtocol")) {
        one.set("appProtocol", port.get("appProtocol"));
      }
    }
    return ports;
  }
}
