package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Endpoints and endpoint slices. */
record EndpointsRules(boolean slice) implements KindRules {

  private static final List<String> ADDRESS_TYPES = List.of("FQDN", "IPv4", "IPv6");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final int MAX_ENDPOINTS = 1000;
  private static final int MAX_ADDRESSES = 100;
  private static final int MAX_PORTS = 20_000;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    if (slice) {
      slice(object, checks);
      return;
    }
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

  private static void slice(ObjectNode object, Checks checks) {
    checks.oneOf(Path.of("addressType"), object.path("addressType").asString(""), ADDRESS_TYPES);
    JsonNode endpoints = object.path("endpoints");
    if (endpoints.size() > MAX_ENDPOINTS) {
      checks.tooMany(Path.of("endpoints"), endpoints.size(), MAX_ENDPOINTS);
    }
    for (int i = 0; i < endpoints.size(); i++) {
      addresses(endpoints.get(i).path("addresses"), object, Path.of("endpoints").at(i), checks);
    }
    JsonNode ports = object.path("ports");
    if (ports.size() > MAX_PORTS) {
      checks.tooMany(Path.of("ports"), ports.size(), MAX_PORTS);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      Path path = Path.of("ports").at(i);
      String name = ports.get(i).path("name").asString("");
      if (!name.isEmpty()) {
        checks.invalidAll(path.child("name"), name, NameRules.dnsLabel(name));
      }
      if (!names.add(name)) {
        checks.duplicate(path.child("name"), name);
      }
      checks.oneOf(path.child("protocol"), ports.get(i).path("protocol").asString(""), PROTOCOLS);
      checks.range(path.child("port"), ports.get(i).path("port"), 1, 65_535);
    }
  }

  private static void addresses(JsonNode addresses, ObjectNode slice, Path path, Checks checks) {
    Path at = path.child("addresses");
    if (addresses.isEmpty()) {
      checks.required(at, "must contain at least 1 address");
    } else if (addresses.size() > MAX_ADDRESSES) {
      checks.tooMany(at, addresses.size(), MAX_ADDRESSES);
    }
    String type = slice.path("addressType").asString("");
    for (int i = 0; i < addresses.size(); i++) {
      String address = addresses.get(i).asString("");
      if (type.equals("FQDN")) {
        checks.invalidAll(at.at(i), address, NameRules.dnsSubdomain(address));
      } else {
        Addresses.endpoint(address, at.at(i), checks);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (slice && !object.path("addressType").equals(old.path("addressType"))) {
      checks.immutable(Path.of("addressType"), object.path("addressType"));
    }
  }
}
