package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Slices of the endpoints of a service. */
final class EndpointSliceRules implements KindRules {

  private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final int MAX_ENDPOINTS = 1000;
  private static final int MAX_ADDRESSES = 100;
  private static final int MAX_PORTS = 20_000;
  private static final int MAX_TOPOLOGY = 16;
  private static final int MAX_HINTS = 8;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    String type = object.path("addressType").asString("");
    checks.oneOf(Path.of("addressType"), type, TYPES);
    JsonNode endpoints = object.path("endpoints");
    Path path = Path.of("endpoints");
    if (endpoints.size() > MAX_ENDPOINTS) {
      checks.tooMany(path, endpoints.size(), MAX_ENDPOINTS);
    } else {
      for (int i = 0; i < endpoints.size(); i++) {
        endpoint(endpoints.get(i), type, path.at(i), checks);
      }
    }
    ports(object.path("ports"), Path.of("ports"), checks);
  }

  private static void endpoint(JsonNode endpoint, String type, Path path, Checks checks) {
    JsonNode addresses = endpoint.path("addresses");
    Path at = path.child("addresses");
    if (addresses.isEmpty()) {
      checks.required(at, "must contain at least 1 address");
    } else if (addresses.size() > MAX_ADDRESSES) {
      checks.tooMany(at, addresses.size(), MAX_ADDRESSES);
    }
    for (int i = 0; i < addresses.size(); i++) {
      address(addresses.get(i).asString(""), type, at.at(i), checks);
    }
    if (endpoint.has("nodeName")) {
      String node = endpoint.path("nodeName").asString("");
      checks.invalidAll(path.child("nodeName"), node, NameRules.dnsSubdomain(node));
    }
    if (endpoint.has("hostname")) {
      String host = endpoint.path("hostname").asString("");
      checks.invalidAll(path.child("hostname"), host, NameRules.dnsLabel(host));
    }
    JsonNode topology = endpoint.path("deprecatedTopology");
    if (topology.size() > MAX_TOPOLOGY) {
      checks.tooMany(path.child("deprecatedTopology"), topology.size(), MAX_TOPOLOGY);
    }
    MetadataRules.labels(topology, path.child("deprecatedTopology"), checks);
    hints(endpoint.path("hints"), path.child("hints"), checks);
  }

  private static void address(String address, String type, Path path, Checks checks) {
    if (type.equals("FQDN")) {
      domain(address, path, checks);
      return;
    }
    InetAddress ip = Addresses.parse(address);
    if (TYPES.contains(type) && (ip == null || ip instanceof Inet4Address != type.equals("IPv4"))) {
      checks.invalid(path, address, "must be a valid " + type + " address");
    } else if (ip != null) {
      Addresses.endpoint(address, path, checks);
    }
  }

  private static void domain(String text, Path path, Checks checks) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    List<String> wrong = NameRules.dnsSubdomain(name);
    if (text.isEmpty()) {
      checks.required(path, "");
    } else if (!wrong.isEmpty()) {
      checks.invalid(path, name, String.join(",", wrong));
    } else if (name.indexOf('.') < 0) {
      checks.invalid(path, name, "should be a domain with at least two segments separated by dots");
    }
  }

  private static void hints(JsonNode hints, Path path, Checks checks) {
    for (String field : List.of("forZones", "forNodes")) {
      JsonNode list = hints.path(field);
      Path at = path.child(field);
      if (list.size() > MAX_HINTS) {
        checks.tooMany(at, list.size(), MAX_HINTS);
        continue;
      }
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < list.size(); i++) {
        String name = list.get(i).path("name").asString("");
        if (!seen.add(name)) {
          checks.duplicate(at.at(i).child("name"), name);
        }
        checks.invalidAll(
            at.at(i).child("name"),
            name,
            field.equals("forZones") ? LabelRules.labelValue(name) : NameRules.dnsSubdomain(name));
      }
    }
  }

  private static void ports(JsonNode ports, Path path, Checks checks) {
    if (ports.size() > MAX_PORTS) {
      checks.tooMany(path, ports.size(), MAX_PORTS);
      return;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      String name = port.path("name").asString("");
      if (!name.isEmpty()) {
        checks.invalidAll(path.at(i).child("name"), name, NameRules.dnsLabel(name));
      }
      if (!names.add(name)) {
        checks.duplicate(path.at(i).child("name"), name);
      }
      checks.oneOf(path.at(i).child("protocol"), port.path("protocol").asString(""), PROTOCOLS);
      checks.range(path.at(i).child("port"), port.path("port"), 1, 65_535);
      String application = port.path("appProtocol").asString("");
      if (port.has("appProtocol")) {
        checks.invalidAll(
            path.at(i).child("appProtocol"), application, LabelRules.qualifiedName(application));
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (!object.path("addressType").equals(old.path("addressType"))) {
      checks.immutable(Path.of("addressType"), object.path("addressType"));
    }
  }
}
