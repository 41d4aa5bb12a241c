package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ingresses. */
final class IngressRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final String CLASS = "kubernetes.io/ingress.class";
  private static final List<String> PATH_TYPES =
      List.of("Exact", "ImplementationSpecific", "Prefix");
  private static final List<String> BAD_PARTS = List.of("//", "/./", "/../", "%2f", "%2F");
  private static final List<String> BAD_ENDS = List.of("/..", "/.");
  private static final String NO_ADDRESS = "must be a DNS name, not an IP address";
  private static final String WILDCARD =
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which"
          + " must consist of lower case alphanumeric characters, '-' or '.' and end with an"
          + " alphanumeric character (e.g. '*.example.com', regex used for validation is"
          + " '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

  /** The old way of naming a class must not contradict the new one from the beginning. */
  @Override
  public void validate(ObjectNode object, Checks checks) {
    spec(object.path("spec"), checks);
    JsonNode annotation = object.path("metadata").path("annotations").path(CLASS);
    JsonNode name = object.path("spec").path("ingressClassName");
    if (annotation.isString() && name.isString() && !annotation.equals(name)) {
      checks.invalid(
          Path.of("annotations").child(CLASS),
          annotation,
          "must match `ingressClassName` when both are specified");
    }
  }

  @Override
  public void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {
    spec(object.path("spec"), checks);
  }

  private static void spec(JsonNode spec, Checks checks) {
    JsonNode rules = spec.path("rules");
    if (rules.isEmpty() && !spec.has("defaultBackend")) {
      checks.invalid(SPEC, rules, "either `defaultBackend` or `rules` must be specified");
    }
    if (spec.has("defaultBackend")) {
      IngressBackends.validate(spec.path("defaultBackend"), SPEC.child("defaultBackend"), checks);
    }
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), SPEC.child("rules").at(i), checks);
    }
    JsonNode tls = spec.path("tls");
    for (int i = 0; i < tls.size(); i++) {
      tls(tls.get(i), SPEC.child("tls").at(i), checks);
    }
    String name = spec.path("ingressClassName").asString("");
    if (spec.has("ingressClassName")) {
      checks.invalidAll(SPEC.child("ingressClassName"), name, NameRules.dnsSubdomain(name));
    }
  }

  private static void rule(JsonNode rule, Path path, Checks checks) {
    String host = rule.path("host").asString("");
    if (!host.isEmpty()) {
      if (Addresses.parse(host) != null) {
        checks.invalid(path.child("host"), host, NO_ADDRESS);
      }
      host(host, path.child("host"), checks);
    }
    JsonNode http = rule.path("http");
    if (http.isMissingNode()) {
      return;
    }
    JsonNode paths = http.path("paths");
    Path at = path.child("http", "paths");
    if (paths.isEmpty()) {
      checks.required(at, "");
    }
    for (int i = 0; i < paths.size(); i++) {
      path(paths.get(i), at.at(i), checks);
    }
  }

  private static void host(String host, Path path, Checks checks) {
    if (host.indexOf('*') < 0) {
      checks.invalidAll(path, host, NameRules.dnsSubdomain(host));
    } else if (!host.startsWith("*.") || !NameRules.dnsSubdomain(host.substring(2)).isEmpty()) {
      checks.invalid(path, host, WILDCARD);
    }
  }

  private static void path(JsonNode rule, Path path, Checks checks) {
    String type = rule.path("pathType").asString("");
    String text = rule.path("path").asString("");
    Path at = path.child("path");
    if (!rule.has("pathType")) {
      checks.required(path.child("pathType"), "pathType must be specified");
      return;
    }
    switch (type) {
      case "Exact", "Prefix" -> absolute(text, at, checks);
      case "ImplementationSpecific" -> {
        if (!text.isEmpty() && !text.startsWith("/")) {
          checks.invalid(at, text, "must be an absolute path");
        }
      }
      default -> checks.notSupported(path.child("pathType"), type, PATH_TYPES);
    }
    IngressBackends.validate(rule.path("backend"), path.child("backend"), checks);
  }

  private static void absolute(String text, Path path, Checks checks) {
    if (!text.startsWith("/")) {
      checks.invalid(path, text, "must be an absolute path");
    }
    for (String part : BAD_PARTS) {
      if (text.contains(part)) {
        checks.invalid(path, text, "must not contain '" + part + "'");
      }
    }
    for (String end : BAD_ENDS) {
      if (text.endsWith(end)) {
        checks.invalid(path, text, "cannot end with '" + end + "'");
      }
    }
  }

  private static void tls(JsonNode tls, Path path, Checks checks) {
    JsonNode hosts = tls.path("hosts");
    for (int i = 0; i < hosts.size(); i++) {
      host(hosts.get(i).asString(""), path.child("hosts").at(i), checks);
    }
    String secret = tls.path("secretName").asString("");
    if (!secret.isEmpty()) {
      checks.invalidAll(path.child("secretName"), secret, NameRules.dnsSubdomain(secret));
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode points = object.path("status").path("loadBalancer").path("ingress");
    for (int i = 0; i < points.size(); i++) {
      Path path = Path.of("status").child("loadBalancer", "ingress").at(i);
      String ip = points.get(i).path("ip").asString("");
      String host = points.get(i).path("hostname").asString("");
      if (!ip.isEmpty()) {
        Addresses.ip(ip, path.child("ip"), checks);
      }
      if (!host.isEmpty()) {
        checks.invalidAll(path.child("hostname"), host, NameRules.dnsSubdomain(host));
      }
      if (Addresses.parse(host) != null) {
        checks.invalid(path.child("hostname"), host, NO_ADDRESS);
      }
    }
  }
}
