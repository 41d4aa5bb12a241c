package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.pod.PodView;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One port of a Service.
 *
 * @param targetNumber 0 if the target is a name
 */
record ServicePort(
    String name, String protocol, int targetNumber, String targetName, String appProtocol) {

  static ServicePort of(JsonNode port) {
    JsonNode target = port.path("targetPort");
    int number = target.isMissingNode() ? port.path("port").asInt(0) : target.asInt(0);
    return new ServicePort(
        port.path("name").asString(""),
        port.path("protocol").asString("TCP"),
        number,
        number == 0 ? target.asString("") : "",
        port.path("appProtocol").asString(""));
  }

  /** Where it leads in this pod; empty if the pod has no port of that name. */
  Optional<EndpointPort> in(PodView pod) {
    int number =
        targetNumber != 0
            ? targetNumber
            : pod.ports().stream()
                .filter(p -> p.name().equals(targetName) && p.protocol().equals(protocol))
                .mapToInt(p -> p.port())
                .findFirst()
                .orElse(0);
    return number == 0
        ? Optional.empty()
        : Optional.of(new EndpointPort(name, number, protocol, appProtocol));
  }
}
