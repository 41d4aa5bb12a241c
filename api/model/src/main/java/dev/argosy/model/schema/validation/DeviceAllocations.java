package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which devices a claim got, and how they are. */
final class DeviceAllocations {

  private static final int MAX_RESULTS = 32;
  private static final int MAX_CONFIG = 64;
  private static final int MAX_CONDITIONS = 8;
  private static final int MAX_ADDRESSES = 16;
  private static final int MAX_INTERFACE = 256;
  private static final int MAX_HARDWARE = 128;

  private DeviceAllocations() {}

  static void validate(JsonNode allocation, Set<String> names, Path path, Checks checks) {
    JsonNode results = allocation.path("devices").path("results");
    Path at = path.child("devices", "results");
    for (int i = 0; i < results.size(); i++) {
      String request = results.get(i).path("request").asString("");
      DeviceRequests.reference(request, names, at.at(i).child("request"), checks);
      device(results.get(i), at.at(i), checks);
    }
    DeviceNames.size(results, MAX_RESULTS, at, checks);
    JsonNode config = allocation.path("devices").path("config");
    at = path.child("devices", "config");
    for (int i = 0; i < config.size(); i++) {
      JsonNode one = config.get(i);
      checks.oneOf(
          at.at(i).child("source"),
          one.path("source").asString(""),
          List.of("FromClaim", "FromClass"));
      DeviceRequests.references(one.path("requests"), names, at.at(i).child("requests"), checks);
      DeviceNames.configuration(one, at.at(i), checks);
    }
    DeviceNames.size(config, MAX_CONFIG, at, checks);
    if (allocation.has("nodeSelector")) {
      nodes(allocation.path("nodeSelector"), path.child("nodeSelector"), checks);
    }
  }

  private static void device(JsonNode device, Path path, Checks checks) {
    CsiDriverRules.name(device.path("driver").asString(""), path.child("driver"), checks);
    DeviceNames.pool(device.path("pool"), path.child("pool"), checks);
    DeviceNames.label(device.path("device"), path.child("device"), checks);
  }

  /** A selector of nodes, which must have terms. */
  static void nodes(JsonNode selector, Path path, Checks checks) {
    JsonNode terms = selector.path("nodeSelectorTerms");
    Path at = path.child("nodeSelectorTerms");
    if (terms.isEmpty()) {
      checks.required(at, "must have at least one node selector term");
    }
    for (int i = 0; i < terms.size(); i++) {
      SchedulingRules.term(terms.get(i), at.at(i), checks);
    }
  }

  static void states(JsonNode devices, JsonNode allocation, Path path, Checks checks) {
    Set<String> allocated = new HashSet<>();
    allocation.path("devices").path("results").forEach(result -> allocated.add(id(result)));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < devices.size(); i++) {
      JsonNode device = devices.get(i);
      Path at = path.at(i);
      device(device, at, checks);
      if (!allocated.contains(id(device))) {
        checks.invalid(at, id(device), "must be an allocated device in the claim");
      }
      if (!seen.add(id(device))) {
        checks.duplicate(at.child("deviceID"), id(device));
      }
      DeviceNames.size(device.path("conditions"), MAX_CONDITIONS, at.child("conditions"), checks);
      ConditionRules.validate(device.path("conditions"), at.child("conditions"), checks);
      if (device.has("data")) {
        DeviceNames.raw(device.path("data"), at.child("data"), checks);
      }
      network(device.path("networkData"), at.child("networkData"), checks);
    }
  }

  private static String id(JsonNode device) {
    String shared = device.path("shareID").asString("");
    String id =
        device.path("driver").asString("")
            + "/"
            + device.path("pool").asString("")
            + "/"
            + device.path("device").asString("");
    return shared.isEmpty() ? id : id + "/" + shared;
  }

  private static void network(JsonNode network, Path path, Checks checks) {
    if (network.path("interfaceName").asString("").length() > MAX_INTERFACE) {
      checks.tooLong(path.child("interfaceName"), MAX_INTERFACE);
    }
    if (network.path("hardwareAddress").asString("").length() > MAX_HARDWARE) {
      checks.tooLong(path.child("hardwareAddress"), MAX_HARDWARE);
    }
    JsonNode ips = network.path("ips");
    for (int i = 0; i < ips.size(); i++) {
      Cidr.lenient(ips.get(i).asString(""), path.child("ips").at(i), checks);
    }
    DeviceNames.set(ips, "", MAX_ADDRESSES, path.child("ips"), checks);
  }
}
