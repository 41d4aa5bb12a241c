package dev.argosy.controllers.endpoints;

import dev.argosy.model.object.Json;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A port that endpoints listen on. */
record EndpointPort(String name, int port, String protocol, String appProtocol)
    implements Comparable<EndpointPort> {

  private static final Comparator<EndpointPort> ORDER =
      Comparator.comparing(EndpointPort::name)
          .thenComparing(EndpointPort::protocol)
          .thenComparing(EndpointPort::port)
          .thenComparing(EndpointPort::appProtocol);

  static EndpointPort of(JsonNode port) {
    return new EndpointPort(
        port.path("name").asString(""),
        port.path("port").asInt(0),
        port.path("protocol").asString("TCP"),
        port.path("appProtocol").asString(""));
  }

  ObjectNode toJson(boolean nameAlways) {
    ObjectNode node = Json.object();
    if (nameAlways || !name.isEmpty()) {
      node.put("name", name);
    }
    node.put("port", port).put("protocol", protocol);
    if (!appProtocol.isEmpty()) {
      node.put("appProtocol", appProtocol);
    }
    return node;
  }

  @Override
  public int compareTo(EndpointPort other) {
    return ORDER.compare(this, other);
  }
}
