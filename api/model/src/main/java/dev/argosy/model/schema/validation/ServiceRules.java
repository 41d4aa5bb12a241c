package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Services. Whether an address or node port is free is decided where they are given out. */
final class ServiceRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String type = spec.path("type").asString("");
    boolean headless = spec.path("clusterIP").asString("").equals("None");
    boolean external = type.equals("ExternalName");
    if (spec.path("ports").isEmpty() && !headless && !external) {
      checks.required(SPEC.child("ports"), "");
    }
    checks.oneOf(SPEC.child("type"), type, TYPES);
    if ((type.equals("LoadBalancer") || type.equals("NodePort")) && headless) {
      checks.invalid(
          SPEC.child("clusterIPs").at(0),
          "None",
          "may not be set to 'None' for " + type + " services");
    }
    if (external) {
      externalName(spec, checks);
    }
    ports(spec.path("ports"), type, checks);
    MetadataRules.labels(spec.path("selector"), SPEC.child("selector"), checks);
    affinity(spec, checks);
    addresses(spec, checks);
    policies(spec, type, checks);
    if (!external) {
      ServiceFamilyRules.validate(spec, checks);
    }
  }

  private static void externalName(JsonNode spec, Checks checks) {
    String name = spec.path("externalName").asString("");
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (name.isEmpty()) {
      checks.required(SPEC.child("externalName"), "");
    } else {
      checks.invalidAll(SPEC.child("externalName"), name, NameRules.dnsSubdomain(host));
    }
    for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
      if (!spec.path(field).isMissingNode()) {
        checks.forbidden(SPEC.child(field), "may not be set for ExternalName services");
      }
    }
  }

  private static void ports(JsonNode ports, String type, Checks checks) {
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    Set<String> nodePorts = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      Path path = SPEC.child("ports").at(i);
      port(port, path, ports.size() > 1, names, checks);
      String protocol = port.path("protocol").asString("");
      if (!numbers.add(protocol + port.path("port").asInt(0))) {
        checks.duplicate(path, port);
      }
      int nodePort = port.path("nodePort").asInt(0);
      if (nodePort == 0) {
        continue;
      }
      if (type.equals("ClusterIP")) {
        checks.forbidden(path.child("nodePort"), "may not be used when `type` is 'ClusterIP'");
      } else if (!nodePorts.add(protocol + nodePort)) {
        checks.duplicate(path.child("nodePort"), port.path("nodePort"));
      }
    }
  }

  private static void port(
      JsonNode port, Path path, boolean needsName, Set<String> names, Checks checks) {
    String name = port.path("name").asString("");
    if (name.isEmpty() && needsName) {
      checks.required(path.child("name"), "");
    } else if (!name.isEmpty()) {
      checks.invalidAll(path.child("name"), name, NameRules.dnsLabel(name));
      if (!names.add(name)) {
        checks.duplicate(path.child("name"), name);
      }
    }
    portNumber(port.path("port"), path.child("port"), checks);
    checks.oneOf(path.child("protocol"), port.path("protocol").asString(""), PROTOCOLS);
    String application = port.path("appProtocol").asString("");
    if (!application.isEmpty()) {
      checks.invalidAll(
          path.child("appProtocol"), application, LabelRules.qualifiedName(application));
    }
    JsonNode target = port.path("targetPort");
    if (target.isString()) {
      checks.invalidAll(
          path.child("targetPort"), target.stringValue(), NameRules.portName(target.stringValue()));
    } else if (!target.isMissingNode()) {
      checks.range(path.child("targetPort"), target, 1, 65_535);
    }
  }

  private static void portNumber(JsonNode port, Path path, Checks checks) {
    if (port.asInt(0) < 1 || port.asInt(0) > 65_535) {
      checks.invalid(path, port.asLong(0), "must be between 1 and 65535, inclusive");
    }
  }

  private static void affinity(JsonNode spec, Checks checks) {
    String affinity = spec.path("sessionAffinity").asString("");
    checks.oneOf(SPEC.child("sessionAffinity"), affinity, List.of("ClientIP", "None"));
    JsonNode seconds = spec.path("sessionAffinityConfig").path("clientIP").path("timeoutSeconds");
    if (!seconds.isMissingNode() && (seconds.asLong(0) <= 0 || seconds.asLong(0) > 86_400)) {
      checks.invalid(
          SPEC.child("sessionAffinityConfig", "clientIP").child("timeoutSeconds"),
          seconds,
          "must be greater than 0 and less than 86400");
    }
  }

  private static void addresses(JsonNode spec, Checks checks) {
    JsonNode ips = spec.path("clusterIPs");
    String first = spec.path("clusterIP").asString("");
    for (int i = 0; i < ips.size(); i++) {
      String ip = ips.get(i).asString("");
      if (!ip.equals("None")) {
        Addresses.ip(ip, SPEC.child("clusterIPs").at(i), checks);
      }
    }
    if (!ips.isEmpty() && !ips.path(0).asString("").equals(first)) {
      checks.invalid(
          SPEC.child("clusterIPs"), ips, "first value must match `clusterIP` when both are set");
    } else if (ips.isEmpty() && !first.isEmpty() && !first.equals("None")) {
      Addresses.ip(first, SPEC.child("clusterIPs").at(0), checks);
    }
    JsonNode externals = spec.path("externalIPs");
    for (int i = 0; i < externals.size(); i++) {
      Addresses.endpoint(externals.get(i).asString(""), SPEC.child("externalIPs").at(i), checks);
    }
  }

  private static void policies(JsonNode spec, String type, Checks checks) {
    boolean balanced = type.equals("LoadBalancer");
    boolean outside =
        balanced
            || type.equals("NodePort")
            || (type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty());
    String external = spec.path("externalTrafficPolicy").asString("");
    if (!external.isEmpty()) {
      checks.oneOf(SPEC.child("externalTrafficPolicy"), external, List.of("Cluster", "Local"));
      if (!outside) {
        checks.invalid(
            SPEC.child("externalTrafficPolicy"),
            external,
            "may only be set for externally-accessible services");
      }
    }
    String internal = spec.path("internalTrafficPolicy").asString("");
    if (!internal.isEmpty()) {
      checks.oneOf(SPEC.child("internalTrafficPolicy"), internal, List.of("Cluster", "Local"));
    }
    if (!balanced) {
      for (String field :
          List.of(
              "loadBalancerSourceRanges", "allocateLoadBalancerNodePorts", "loadBalancerClass")) {
        if (!spec.path(field).isMissingNode()) {
          checks.forbidden(SPEC.child(field), "may only be used when `type` is 'LoadBalancer'");
        }
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode before = old.path("spec");
    JsonNode after = object.path("spec");
    boolean external =
        before.path("type").asString("").equals("ExternalName")
            || after.path("type").asString("").equals("ExternalName");
    String ip = before.path("clusterIP").asString("");
    if (!external && !ip.isEmpty() && !ip.equals(after.path("clusterIP").asString(""))) {
      checks.invalid(
          SPEC.child("clusterIPs").at(0),
          after.path("clusterIPs").isEmpty() ? after.path("clusterIP") : after.path("clusterIPs"),
          "may not change once set");
    }
    String family = before.path("ipFamilies").path(0).asString("");
    String now = after.path("ipFamilies").path(0).asString(family);
    if (!external && !family.isEmpty() && !now.equals(family)) {
      checks.invalid(
          SPEC.child("ipFamilies").at(0), after.path("ipFamilies"), "may not change once set");
    }
    String balancer = before.path("loadBalancerClass").asString("");
    boolean stays =
        before.path("type").asString("").equals("LoadBalancer")
            && after.path("type").asString("").equals("LoadBalancer");
    JsonNode check = before.path("healthCheckNodePort");
    boolean local =
        before.path("externalTrafficPolicy").asString("").equals("Local")
            && after.path("externalTrafficPolicy").asString("").equals("Local");
    if (stays && local && check.asInt(0) != 0 && !check.equals(after.path("healthCheckNodePort"))) {
      checks.forbidden(SPEC.child("healthCheckNodePort"), "field is immutable");
    }
    if (stays && !balancer.equals(after.path("loadBalancerClass").asString(""))) {
      checks.invalid(
          SPEC.child("loadBalancerClass"),
          after.path("loadBalancerClass"),
          "may not change once set");
    }
  }
}
