package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Network policies. */
final class NetworkPolicyRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
  private static final List<String> TYPES = List.of("Ingress", "Egress");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    SelectorRules.labelSelector(spec.path("podSelector"), SPEC.child("podSelector"), checks);
    rules(spec.path("ingress"), "from", SPEC.child("ingress"), checks);
    rules(spec.path("egress"), "to", SPEC.child("egress"), checks);
    JsonNode types = spec.path("policyTypes");
    Path path = SPEC.child("policyTypes");
    if (types.size() > TYPES.size()) {
      checks.invalid(path, types, "may not specify more than two policyTypes");
      return;
    }
    for (int i = 0; i < types.size(); i++) {
      if (!TYPES.contains(types.get(i).asString(""))) {
        checks.notSupported(path.at(i), types.get(i), TYPES);
      }
    }
  }

  private static void rules(JsonNode rules, String peers, Path path, Checks checks) {
    for (int i = 0; i < rules.size(); i++) {
      JsonNode ports = rules.get(i).path("ports");
      for (int j = 0; j < ports.size(); j++) {
        port(ports.get(j), path.at(i).child("ports").at(j), checks);
      }
      JsonNode others = rules.get(i).path(peers);
      for (int j = 0; j < others.size(); j++) {
        peer(others.get(j), path.at(i).child(peers).at(j), checks);
      }
    }
  }

  private static void port(JsonNode rule, Path path, Checks checks) {
    if (rule.has("protocol") && !PROTOCOLS.contains(rule.path("protocol").asString(""))) {
      checks.notSupported(path.child("protocol"), rule.path("protocol"), PROTOCOLS);
    }
    JsonNode port = rule.path("port");
    JsonNode end = rule.path("endPort");
    Path endPath = path.child("endPort");
    boolean ranged = !end.isMissingNode();
    if (port.isNumber()) {
      checks.range(path.child("port"), port, 1, 65_535);
      if (ranged && end.asLong(0) < port.asLong(0)) {
        checks.invalid(endPath, end, "must be greater than or equal to `port`");
      }
      checks.range(endPath, end, 1, 65_535);
      return;
    }
    if (ranged) {
      String which = port.isMissingNode() ? "not specified" : "non-numeric";
      checks.invalid(endPath, end, "may not be specified when `port` is " + which);
    }
    if (port.isString()) {
      String name = port.stringValue();
      checks.invalidAll(path.child("port"), name, NameRules.portName(name));
    }
  }

  private static void peer(JsonNode peer, Path path, Checks checks) {
    for (String selector : List.of("podSelector", "namespaceSelector")) {
      SelectorRules.labelSelector(peer.path(selector), path.child(selector), checks);
    }
    if (peer.has("ipBlock")) {
      block(peer.path("ipBlock"), path.child("ipBlock"), checks);
    }
    boolean selects = peer.has("podSelector") || peer.has("namespaceSelector");
    if (!selects && !peer.has("ipBlock")) {
      checks.required(path, "must specify a peer");
    } else if (selects && peer.has("ipBlock")) {
      checks.forbidden(path, "may not specify both ipBlock and another peer");
    }
  }

  private static void block(JsonNode block, Path path, Checks checks) {
    String text = block.path("cidr").asString("");
    if (text.isEmpty()) {
      checks.required(path.child("cidr"), "");
      return;
    }
    Cidr cidr = Cidr.lenient(text, path.child("cidr"), checks);
    JsonNode except = block.path("except");
    for (int i = 0; cidr != null && i < except.size(); i++) {
      Path at = path.child("except").at(i);
      Cidr hole = Cidr.lenient(except.get(i).asString(""), at, checks);
      if (hole != null && (!cidr.contains(hole) || cidr.bits() >= hole.bits())) {
        checks.invalid(at, except.get(i), "must be a strict subset of `cidr`");
      }
    }
  }
}
