package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Probes and lifecycle hooks of a container. */
final class ProbeRules {

  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> HOOKS = List.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
  private static final List<String> COUNTS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");

  private ProbeRules() {}

  static void probes(JsonNode container, Path path, Checks checks) {
    for (String kind : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      JsonNode probe = container.path(kind);
      if (!probe.isMissingNode()) {
        probe(probe, path.child(kind), kind.equals("readinessProbe"), checks);
      }
    }
  }

  private static void probe(JsonNode probe, Path path, boolean readiness, Checks checks) {
    handler(probe, HANDLERS, path, checks);
    for (String count : COUNTS) {
      checks.nonNegative(path.child(count), probe.path(count));
    }
    JsonNode success = probe.path("successThreshold");
    if (!readiness && success.asInt(1) != 1) {
      checks.invalid(path.child("successThreshold"), success, "must be 1");
    }
    JsonNode grace = probe.path("terminationGracePeriodSeconds");
    Path at = path.child("terminationGracePeriodSeconds");
    if (readiness && !grace.isMissingNode()) {
      checks.invalid(at, grace, "must not be set for readinessProbes");
    } else if (!grace.isMissingNode() && grace.asLong(0) <= 0) {
      checks.invalid(at, grace, "must be greater than 0");
    }
  }

  static void lifecycle(JsonNode lifecycle, Path path, long grace, Checks checks) {
    for (String hook : List.of("postStart", "preStop")) {
      JsonNode handler = lifecycle.path(hook);
      if (handler.isMissingNode()) {
        continue;
      }
      handler(handler, HOOKS, path.child(hook), checks);
      JsonNode seconds = handler.path("sleep").path("seconds");
      if (seconds.asLong(0) < 0 || seconds.asLong(0) > grace) {
        checks.invalid(
            path.child(hook).child("sleep"),
            seconds,
            "must be greater than 0 and less than terminationGracePeriodSeconds (" + grace + ")");
      }
    }
  }

  private static void handler(JsonNode handler, List<String> kinds, Path path, Checks checks) {
    int count = 0;
    for (String kind : kinds) {
      JsonNode action = handler.path(kind);
      if (action.isMissingNode()) {
        continue;
      }
      if (++count > 1) {
        checks.forbidden(path.child(kind), "may not specify more than 1 handler type");
      } else {
        action(kind, action, path.child(kind), checks);
      }
    }
    if (count == 0) {
      checks.required(path, "must specify a handler type");
    }
  }

  private static void action(String kind, JsonNode action, Path path, Checks checks) {
    switch (kind) {
      case "exec" -> {
        if (action.path("command").isEmpty()) {
          checks.required(path.child("command"), "");
        }
      }
      case "httpGet" -> {
        if (action.path("path").asString("").isEmpty()) {
          checks.required(path.child("path"), "");
        }
        port(action.path("port"), path.child("port"), checks);
        String scheme = action.path("scheme").asString("");
        if (!SCHEMES.contains(scheme)) {
          checks.notSupported(path.child("scheme"), scheme, SCHEMES);
        }
      }
      case "tcpSocket", "grpc" -> port(action.path("port"), path.child("port"), checks);
      default -> {}
    }
  }

  private static void port(JsonNode port, Path path, Checks checks) {
    if (port.isString()) {
      checks.invalidAll(path, port.stringValue(), NameRules.portName(port.stringValue()));
    } else if (port.asLong(0) < 1 || port.asLong(0) > 65_535) {
      checks.invalid(path, port.asLong(0), "must be between 1 and 65535, inclusive");
    }
  }
}
