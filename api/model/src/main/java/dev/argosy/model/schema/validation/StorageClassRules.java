package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Storage classes, and classes of the attributes of volumes. */
record StorageClassRules(boolean attributes) implements KindRules {

  private static final List<String> RECLAIM = List.of("Delete", "Retain");
  private static final List<String> BINDING = List.of("Immediate", "WaitForFirstConsumer");
  private static final int MAX_PARAMETERS = 512;
  private static final int MAX_SIZE = 256 * 1024;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    driver(object, checks);
    parameters(object.path("parameters"), checks);
    if (attributes) {
      return;
    }
    JsonNode reclaim = object.path("reclaimPolicy");
    if (!RECLAIM.contains(reclaim.asString(""))) {
      checks.notSupported(Path.of("reclaimPolicy"), reclaim, RECLAIM);
    }
    checks.oneOf(
        Path.of("volumeBindingMode"), object.path("volumeBindingMode").asString(""), BINDING);
    topologies(object.path("allowedTopologies"), Path.of("allowedTopologies"), checks);
  }

  private String driverField() {
    return attributes ? "driverName" : "provisioner";
  }

  private void driver(ObjectNode object, Checks checks) {
    String driver = object.path(driverField()).asString("");
    Path path = Path.of(driverField());
    if (driver.isEmpty()) {
      checks.required(path, "");
    } else {
      checks.invalidAll(path, driver, LabelRules.qualifiedName(driver.toLowerCase(Locale.ROOT)));
    }
  }

  private void parameters(JsonNode parameters, Checks checks) {
    Path path = Path.of("parameters");
    if (parameters.size() > MAX_PARAMETERS) {
      checks.tooLong(path, MAX_PARAMETERS);
      return;
    }
    if (parameters.isEmpty() && attributes) {
      checks.required(path, "must contain at least one key/value pair");
    }
    long size = 0;
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      if (parameter.getKey().isEmpty()) {
        checks.invalid(path, "", "field can not be empty.");
      }
      size += bytes(parameter.getKey()) + bytes(parameter.getValue().asString(""));
    }
    if (size > MAX_SIZE) {
      checks.tooLong(path, MAX_SIZE);
    }
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void topologies(JsonNode terms, Path path, Checks checks) {
    Set<Map<String, Set<String>>> seen = new HashSet<>();
    for (int i = 0; i < terms.size(); i++) {
      Path at = path.at(i).child("matchLabelExpressions");
      Map<String, Set<String>> term = new TreeMap<>();
      JsonNode expressions = terms.get(i).path("matchLabelExpressions");
      for (int j = 0; j < expressions.size(); j++) {
        String key = expressions.get(j).path("key").asString("");
        Set<String> values = values(expressions.get(j).path("values"), at.at(j), checks);
        checks.invalidAll(at.at(j).child("key"), key, LabelRules.qualifiedName(key));
        if (term.put(key, values) != null) {
          checks.duplicate(at.at(j).child("key"), key);
        }
      }
      if (!seen.add(term)) {
        checks.duplicate(at, "");
      }
    }
  }

  private static Set<String> values(JsonNode values, Path path, Checks checks) {
    Set<String> all = new TreeSet<>();
    if (values.isEmpty()) {
      checks.required(path.child("values"), "");
    }
    for (int i = 0; i < values.size(); i++) {
      if (!all.add(values.get(i).asString(""))) {
        checks.duplicate(path.child("values").at(i), values.get(i));
      }
    }
    return all;
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    List<String> fixed =
        attributes
            ? List.of("driverName", "parameters")
            : List.of("parameters", "provisioner", "reclaimPolicy");
    for (String field : fixed) {
      if (!object.path(field).equals(old.path(field))) {
        checks.forbidden(Path.of(field), "updates to " + field + " are forbidden.");
      }
    }
    JsonNode mode = object.path("volumeBindingMode");
    if (!mode.equals(old.path("volumeBindingMode"))) {
      checks.immutable(Path.of("volumeBindingMode"), mode);
    }
  }
}
