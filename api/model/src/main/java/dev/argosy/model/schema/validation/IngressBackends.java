package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where an ingress sends traffic: a port of a service, or any other object. */
final class IngressBackends {

  private IngressBackends() {}

  static void validate(JsonNode backend, Path path, Checks checks) {
    boolean resource = backend.has("resource");
    boolean service = backend.has("service");
    if (resource && service) {
      checks.invalid(path, "", "cannot set both resource and service backends");
    } else if (resource) {
      reference(backend.path("resource"), path.child("resource"), checks);
    } else if (service) {
      service(backend.path("service"), path, checks);
    } else {
      checks.invalid(path, "", "resource or service backend is required");
    }
  }

  private static void service(JsonNode service, Path path, Checks checks) {
    String name = service.path("name").asString("");
    if (name.isEmpty()) {
      checks.required(path.child("service", "name"), "");
    } else {
      checks.invalidAll(path.child("service", "name"), name, NameRules.dns1035Label(name));
    }
    String portName = service.path("port").path("name").asString("");
    JsonNode number = service.path("port").path("number");
    boolean numbered = number.asLong(0) != 0;
    Path port = path.child("service", "port");
    if (!portName.isEmpty() && numbered) {
      checks.invalid(path, "", "cannot set both port name & port number");
    } else if (!portName.isEmpty()) {
      checks.invalidAll(port.child("name"), portName, NameRules.portName(portName));
    } else if (numbered) {
      checks.range(port.child("number"), number, 1, 65_535);
    } else {
      checks.required(path, "port name or number is required");
    }
  }

  /** Kind and name of another object, and its group at times. */
  static void reference(JsonNode reference, Path path, Checks checks) {
    if (reference.has("apiGroup")) {
      String group = reference.path("apiGroup").asString("");
      checks.invalidAll(path.child("apiGroup"), group, NameRules.dnsSubdomain(group));
    }
    for (String field : List.of("kind", "name")) {
      segment(reference.path(field).asString(""), path.child(field), checks);
    }
  }

  static void segment(String text, Path path, Checks checks) {
    if (text.isEmpty()) {
      checks.required(path, "");
    } else {
      checks.invalidAll(path, text, NameRules.pathSegment(text));
    }
  }
}
