package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import dev.argosy.model.schema.first.FirstObjects;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which requests belong to which priority level. */
final class FlowSchemaRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final int MAX_PRECEDENCE = 10_000;
  private static final List<String> METHODS = List.of("ByNamespace", "ByUser");
  private static final List<String> MANDATORY = List.of("exempt", "catch-all");

  private final FirstObjects first;

  FlowSchemaRules(FirstObjects first) {
    this.first = first;
  }

  @Override
  public void validate(ObjectNode object, Checks checks) {
    String name = object.path("metadata").path("name").asString("");
    JsonNode spec = object.path("spec");
    precedence(spec.path("matchingPrecedence"), name, checks);
    if (spec.has("distinguisherMethod")) {
      JsonNode type = spec.path("distinguisherMethod").path("type");
      if (!METHODS.contains(type.asString(""))) {
        checks.notSupported(SPEC.child("distinguisherMethod", "type"), type.asString(""), METHODS);
      }
    }
    String level = spec.path("priorityLevelConfiguration").path("name").asString("");
    Path path = SPEC.child("priorityLevelConfiguration", "name");
    if (level.isEmpty()) {
      checks.required(path, "must reference a priority level");
    } else {
      checks.invalidAll(path, level, NameRules.dnsSubdomain(level));
    }
    JsonNode rules = spec.path("rules");
    for (int i = 0; i < rules.size(); i++) {
      FlowRules.validate(rules.get(i), SPEC.child("rules").at(i), checks);
    }
    if (MANDATORY.contains(name) && !spec.equals(first.spec("FlowSchema", name))) {
      checks.invalid(SPEC, spec, "spec of '" + name + "' must equal the fixed value");
    }
    conditions(object, checks);
  }

  private static void precedence(JsonNode precedence, String name, Checks checks) {
    Path path = SPEC.child("matchingPrecedence");
    long value = precedence.asLong(0);
    if (value <= 0) {
      checks.invalid(path, value, "must be a positive value");
    }
    if (value > MAX_PRECEDENCE) {
      checks.invalid(path, value, "must not be greater than " + MAX_PRECEDENCE);
    }
    if (value == 1 && !name.equals("exempt")) {
      checks.invalid(path, value, "only the schema named 'exempt' may have matchingPrecedence 1");
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    conditions(object, checks);
  }

  /** Of schemas and of levels. */
  static void conditions(ObjectNode object, Checks checks) {
    JsonNode conditions = object.path("status").path("conditions");
    Set<String> types = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      Path path = Path.of("status").child("conditions").at(i).child("type");
      String type = conditions.get(i).path("type").asString("");
      if (!types.add(type)) {
        checks.duplicate(path, type);
      }
      if (type.isEmpty()) {
        checks.required(path, "must not be empty");
      }
    }
  }
}
