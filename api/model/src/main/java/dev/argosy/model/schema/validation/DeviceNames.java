package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** How devices, their pools, requests and attributes are named, and other small parts of them. */
final class DeviceNames {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String NO_IDENTIFIER =
      "a valid C identifier must start with alphabetic character or '_', followed by a string of"
          + " alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex"
          + " used for validation is '[A-Za-z_][A-Za-z0-9_]*')";
  private static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "None");
  private static final int MAX_IDENTIFIER = 32;
  private static final int MAX_POOL = 253;
  private static final int MAX_PARAMETERS = 10 * 1024;

  private DeviceNames() {}

  static void label(JsonNode name, Path path, Checks checks) {
    checks.invalidAll(path, name.asString(""), NameRules.dnsLabel(name.asString("")));
  }

  static void pool(JsonNode name, Path path, Checks checks) {
    String text = name.asString("");
    if (text.isEmpty()) {
      checks.required(path, "");
      return;
    }
    if (text.length() > MAX_POOL) {
      checks.tooLong(path, MAX_POOL);
    }
    for (String part : text.split("/", -1)) {
      checks.invalidAll(path, part, NameRules.dnsSubdomain(part));
    }
  }

  /** The name of an attribute or a capacity, with or without a domain. */
  static void qualified(String name, boolean domain, Path path, Checks checks) {
    int slash = name.indexOf('/');
    if (name.isEmpty()) {
      checks.required(path, "name required");
      return;
    }
    if (slash == 0) {
      checks.required(path, "the domain must not be empty");
    } else if (slash > 0) {
      CsiDriverRules.name(name.substring(0, slash), path, checks);
    }
    if (slash == name.length() - 1) {
      checks.required(path, "the name must not be empty");
    } else {
      identifier(name.substring(slash + 1), path, checks);
    }
    if (domain && slash < 0) {
      checks.invalid(path, name, "must include a domain");
    }
  }

  private static void identifier(String name, Path path, Checks checks) {
    if (name.length() > MAX_IDENTIFIER) {
      checks.tooLong(path, MAX_IDENTIFIER);
    }
    if (!IDENTIFIER.matcher(name).matches()) {
      checks.typeInvalid(path, name, NO_IDENTIFIER);
    }
  }

  /** No more than so many, and none twice. */
  static void set(JsonNode list, String key, int most, Path path, Checks checks) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode name = key.isEmpty() ? list.get(i) : list.get(i).path(key);
      if (!seen.add(name.asString(""))) {
        checks.duplicate(key.isEmpty() ? path.at(i) : path.at(i).child(key), name.asString(""));
      }
    }
    size(list, most, path, checks);
  }

  static void size(JsonNode list, int most, Path path, Checks checks) {
    if (list.size() > most) {
      checks.tooMany(path, list.size(), most);
    }
  }

  static void toleration(JsonNode toleration, Path path, Checks checks) {
    String key = toleration.path("key").asString("");
    String value = toleration.path("value").asString("");
    String operator = toleration.path("operator").asString("");
    if (!key.isEmpty()) {
      checks.invalidAll(path.child("key"), key, LabelRules.qualifiedName(key));
    }
    checks.oneOf(path.child("operator"), operator, List.of("Equal", "Exists"));
    if (operator.equals("Exists") && !value.isEmpty()) {
      checks.invalid(path.child("value"), value, "must be empty for operator `Exists`");
    } else if (operator.equals("Equal")) {
      checks.invalidAll(path.child("value"), value, LabelRules.labelValue(value));
    }
    AdmissionMatching.optional(toleration.path("effect"), EFFECTS, path.child("effect"), checks);
  }

  static void taint(JsonNode taint, Path path, Checks checks) {
    String key = taint.path("key").asString("");
    String value = taint.path("value").asString("");
    checks.invalidAll(path.child("key"), key, LabelRules.qualifiedName(key));
    checks.invalidAll(path.child("value"), value, LabelRules.labelValue(value));
    checks.oneOf(path.child("effect"), taint.path("effect").asString(""), EFFECTS);
  }

  /** What a driver is told, which only it understands. */
  static void configuration(JsonNode configuration, Path path, Checks checks) {
    JsonNode opaque = configuration.path("opaque");
    if (opaque.isMissingNode()) {
      checks.required(path.child("opaque"), "");
      return;
    }
    Path at = path.child("opaque");
    CsiDriverRules.name(opaque.path("driver").asString(""), at.child("driver"), checks);
    raw(opaque.path("parameters"), at.child("parameters"), checks);
  }

  static void raw(JsonNode value, Path path, Checks checks) {
    if (value.isMissingNode() || value.isNull()) {
      checks.required(path, "");
    } else if (!value.isObject()) {
      checks.invalid(path, "<value omitted>", "parameters must be a valid JSON object");
    } else if (Json.mapper().writeValueAsBytes(value).length > MAX_PARAMETERS) {
      checks.tooLong(path, MAX_PARAMETERS);
    }
  }

  static void attributes(JsonNode attributes, Path path, Checks checks) {
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      qualified(attribute.getKey(), false, path.key(attribute.getKey()), checks);
    }
  }
}
