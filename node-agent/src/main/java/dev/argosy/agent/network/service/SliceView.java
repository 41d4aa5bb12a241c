package dev.argosy.agent.network.service;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a node needs to know of an endpoint slice.
 *
 * @param service the key of the service that it belongs to, as {@link #serviceId}
 */
public record SliceView(ObjectKey key, String service, List<Port> ports, List<Endpoint> endpoints) {

  public static final String SERVICE_LABEL = "kubernetes.io/service-name";

  /** A port of all endpoints of the slice; port 0 stands for a port that was not given. */
  public record Port(String name, String protocol, int port) {}

  /**
   * An endpoint.
   *
   * @param leaving whether it is about to end, and serves until then
   * @param hostname its name within the service; empty if none
   * @param node where it is; empty if that is not said
   * @param forZones for whose clients it is meant; empty if there is no hint
   * @param forNodes for whose clients it is meant; empty if there is no hint
   */
  public record Endpoint(
      String address,
      boolean ready,
      boolean leaving,
      String hostname,
      String node,
      Set<String> forZones,
      Set<String> forNodes) {

    public Endpoint {
      forZones = Set.copyOf(forZones);
      forNodes = Set.copyOf(forNodes);
    }
  }

  public SliceView {
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }

  /** How a service is named here: cluster, namespace and name. */
  public static String serviceId(String cluster, String namespace, String name) {
    return cluster + "/" + namespace + "/" + name;
  }

  public static SliceView of(ApiObject object) {
    JsonNode tree = object.tree();
    List<Port> ports = new ArrayList<>();
    for (JsonNode port : tree.path("ports")) {
      ports.add(
          new Port(
              port.path("name").asString(""),
              Protocols.of(port.path("protocol").asString("TCP")),
              port.path("port").asInt(0)));
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (JsonNode endpoint : tree.path("endpoints")) {
      addEndpoint(endpoint, endpoints);
    }
    String service = object.meta().labels().getOrDefault(SERVICE_LABEL, "");
    return new SliceView(
        object.key(), serviceId(object.cluster(), object.namespace(), service), ports, endpoints);
  }

  private static void addEndpoint(JsonNode endpoint, List<Endpoint> endpoints) {
    String address = endpoint.path("addresses").path(0).asString("");
    if (Ipv4.valid(address)) {
      JsonNode conditions = endpoint.path("conditions");
      // a missing condition stands for ready
      boolean ready = conditions.path("ready").asBoolean(true);
      boolean leaving =
          conditions.path("terminating").asBoolean(false)
              && conditions.path("serving").asBoolean(ready);
      JsonNode hints = endpoint.path("hints");
      endpoints.add(
          new Endpoint(
              address,
              ready,
              leaving,
              endpoint.path("hostname").asString(""),
              endpoint.path("nodeName").asString(""),
              names(hints.path("forZones")),
              names(hints.path("forNodes"))));
    }
  }

  private static Set<String> names(JsonNode list) {
    if (list.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    list.forEach(one -> names.add(one.path("name").asString("")));
    return names;
  }
}
