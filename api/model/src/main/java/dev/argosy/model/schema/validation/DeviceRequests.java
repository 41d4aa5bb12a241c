package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a claim asks for: devices, what they must have in common, how they are set up. */
final class DeviceRequests {

  private static final String KINDS = "exactly one of `exactly` or `firstAvailable` is required";
  private static final String NO_REQUEST =
      "must be the name of a request in the claim or the name of a request and a subrequest"
          + " separated by '/'";
  private static final int MAX = 32;
  private static final int MAX_ALTERNATIVES = 8;
  private static final int MAX_TOLERATIONS = 16;
  private static final int MAX_EXPRESSION = 10 * 1024;

  private DeviceRequests() {}

  static void validate(JsonNode claim, Path path, Checks checks) {
    Set<String> names = names(claim);
    JsonNode requests = claim.path("requests");
    for (int i = 0; i < requests.size(); i++) {
      request(requests.get(i), path.child("requests").at(i), checks);
    }
    DeviceNames.set(requests, "name", MAX, path.child("requests"), checks);
    JsonNode constraints = claim.path("constraints");
    for (int i = 0; i < constraints.size(); i++) {
      constraint(constraints.get(i), names, path.child("constraints").at(i), checks);
    }
    DeviceNames.size(constraints, MAX, path.child("constraints"), checks);
    JsonNode config = claim.path("config");
    for (int i = 0; i < config.size(); i++) {
      Path at = path.child("config").at(i);
      references(config.get(i).path("requests"), names, at.child("requests"), checks);
      DeviceNames.configuration(config.get(i), at, checks);
    }
    DeviceNames.size(config, MAX, path.child("config"), checks);
  }

  /** The names by which a claim's requests, and alternatives in them, are referred to. */
  static Set<String> names(JsonNode claim) {
    Set<String> names = new HashSet<>();
    for (JsonNode request : claim.path("requests")) {
      String name = request.path("name").asString("");
      names.add(name);
      for (JsonNode alternative : request.path("firstAvailable")) {
        names.add(name + "/" + alternative.path("name").asString(""));
      }
    }
    return names;
  }

  private static void request(JsonNode request, Path path, Checks checks) {
    DeviceNames.label(request.path("name"), path.child("name"), checks);
    JsonNode alternatives = request.path("firstAvailable");
    for (int i = 0; i < alternatives.size(); i++) {
      Path at = path.child("firstAvailable").at(i);
      DeviceNames.label(alternatives.get(i).path("name"), at.child("name"), checks);
      devices(alternatives.get(i), at, checks);
    }
    DeviceNames.set(alternatives, "name", MAX_ALTERNATIVES, path.child("firstAvailable"), checks);
    if (request.has("exactly")) {
      devices(request.path("exactly"), path.child("exactly"), checks);
    }
    if (!request.has("exactly") && alternatives.isEmpty()) {
      checks.required(path, KINDS);
    } else if (request.has("exactly") && !alternatives.isEmpty()) {
      checks.invalid(path, request.path("none"), KINDS + ", but multiple fields are set");
    }
  }

  private static void devices(JsonNode wanted, Path path, Checks checks) {
    String type = wanted.path("deviceClassName").asString("");
    if (type.isEmpty()) {
      checks.required(path.child("deviceClassName"), "");
    } else {
      checks.invalidAll(path.child("deviceClassName"), type, NameRules.dnsSubdomain(type));
    }
    selectors(wanted.path("selectors"), path.child("selectors"), checks);
    count(wanted, path, checks);
    JsonNode tolerations = wanted.path("tolerations");
    for (int i = 0; i < tolerations.size(); i++) {
      DeviceNames.toleration(tolerations.get(i), path.child("tolerations").at(i), checks);
    }
    DeviceNames.size(tolerations, MAX_TOLERATIONS, path.child("tolerations"), checks);
    DeviceNames.attributes(
        wanted.path("capacity").path("requests"), path.child("capacity", "requests"), checks);
  }

  private static void count(JsonNode wanted, Path path, Checks checks) {
    String mode = wanted.path("allocationMode").asString("");
    long count = wanted.path("count").asLong(0);
    switch (mode) {
      case "All" -> {
        if (count != 0) {
          checks.invalid(
              path.child("count"), count, "must not be specified when allocationMode is 'All'");
        }
      }
      case "ExactCount" -> {
        if (count <= 0) {
          checks.invalid(path.child("count"), count, "must be greater than zero");
        }
      }
      default ->
          checks.notSupported(path.child("allocationMode"), mode, List.of("All", "ExactCount"));
    }
  }

  /** Expressions are compiled elsewhere. */
  static void selectors(JsonNode selectors, Path path, Checks checks) {
    for (int i = 0; i < selectors.size(); i++) {
      JsonNode cel = selectors.get(i).path("cel");
      Path at = path.at(i).child("cel");
      String expression = cel.path("expression").asString("");
      if (cel.isMissingNode()) {
        checks.required(at, "");
      } else if (expression.getBytes(StandardCharsets.UTF_8).length > MAX_EXPRESSION) {
        checks.tooLong(at.child("expression"), MAX_EXPRESSION);
      }
    }
    DeviceNames.size(selectors, MAX, path, checks);
  }

  private static void constraint(JsonNode constraint, Set<String> names, Path path, Checks checks) {
    references(constraint.path("requests"), names, path.child("requests"), checks);
    boolean match = constraint.has("matchAttribute");
    boolean distinct = constraint.has("distinctAttribute");
    if (!match && !distinct) {
      checks.required(path.child("matchAttribute"), "");
    }
    for (String field : List.of("matchAttribute", "distinctAttribute")) {
      if (constraint.has(field)) {
        DeviceNames.qualified(constraint.path(field).asString(""), true, path.child(field), checks);
      }
    }
  }

  static void references(JsonNode references, Set<String> names, Path path, Checks checks) {
    for (int i = 0; i < references.size(); i++) {
      reference(references.get(i).asString(""), names, path.at(i), checks);
    }
    DeviceNames.set(references, "", MAX, path, checks);
  }

  static void reference(String reference, Set<String> names, Path path, Checks checks) {
    String[] parts = reference.split("/", -1);
    if (parts.length <= 2) {
      for (String part : parts) {
        checks.invalidAll(path, part, NameRules.dnsLabel(part));
      }
    }
    if (!names.contains(reference)) {
      checks.invalid(path, reference, NO_REQUEST);
    }
  }
}
