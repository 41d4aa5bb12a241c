package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Endpoints in their old form. */
final class EndpointsRules implements KindRules {

  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode subsets = object.path("subsets");
    for (int i = 0; i < subsets.size(); i++) {
      subset(subsets.get(i), Path.of("subsets").at(i), checks);
    }
  }

  private static void subset(JsonNode subset, Path path, Checks checks) {
    JsonNode ready = subset.path("addresses");
    JsonNode notReady = subset.path("notReadyAddresses");
    if (ready.isEmpty() && notReady.isEmpty()) {
      checks.required(path, "must specify `addresses` or `notReadyAddresses`");
    }
    for (int i = 0; i < ready.size(); i++) {
      Addresses.endpoint(
          ready.get(i).path("ip").asString(""), path.child("addresses").at(i).child("ip"), checks);
    }
    for (int i = 0; i < notReady.size(); i++) {
      Addresses.endpoint(
          notReady.get(i).path("ip").asString(""),
          path.child("notReadyAddresses").at(i).child("ip"),
          checks);
    }
    JsonNode ports = subset.path("ports");
    for (int i = 0; i < ports.size(); i++) {
      port(ports.get(i), path.child("ports").at(i), ports.size() > 1, checks);
    }
  }

  private static void port(JsonNode port, Path path, boolean needsName, Checks checks) {
    String name = port.path("name").asString("");
    if (name.isEmpty() && needsName) {
      checks.required(path.child("name"), "");
    } else if (!name.isEmpty()) {
      checks.invalidAll(path.child("name"), name, NameRules.dnsLabel(name));
    }
    checks.range(path.child("port"), port.path("port"), 1, 65_535);
    checks.oneOf(path.child("protocol"), port.path("protocol").asString(""), PROTOCOLS);
  }
}
