package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Slices of a driver's pool of devices. */
final class DeviceSliceRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final String PLACES =
      "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
  private static final String VALUES = "exactly one value must be specified";
  private static final Pattern SEMVER =
      Pattern.compile(
          "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
              + "(-(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
              + "(\\.(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
              + "(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");
  private static final int MAX_DEVICES = 128;
  private static final int MAX_PROPERTIES = 32;
  private static final int MAX_TAINTS = 16;
  private static final int MAX_VALUE = 64;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    CsiDriverRules.name(spec.path("driver").asString(""), SPEC.child("driver"), checks);
    pool(spec.path("pool"), SPEC.child("pool"), checks);
    place(spec, checks);
    JsonNode devices = spec.path("devices");
    for (int i = 0; i < devices.size(); i++) {
      device(devices.get(i), SPEC.child("devices").at(i), checks);
    }
    DeviceNames.set(devices, "name", MAX_DEVICES, SPEC.child("devices"), checks);
  }

  private static void pool(JsonNode pool, Path path, Checks checks) {
    DeviceNames.pool(pool.path("name"), path.child("name"), checks);
    long count = pool.path("resourceSliceCount").asLong(0);
    if (count <= 0) {
      checks.invalid(path.child("resourceSliceCount"), count, "must be greater than zero");
    }
    JsonNode generation = pool.path("generation");
    if (generation.asLong(0) < 0) {
      checks.invalid(path.child("generation"), generation, "must be greater than or equal to zero");
    }
  }

  private static void place(JsonNode spec, Checks checks) {
    List<String> set = new ArrayList<>();
    String node = spec.path("nodeName").asString("");
    if (spec.has("nodeName")) {
      set.add("`nodeName`");
      checks.invalidAll(SPEC.child("nodeName"), node, NameRules.dnsSubdomain(node));
    }
    if (spec.has("nodeSelector")) {
      set.add("`nodeSelector`");
      Path path = SPEC.child("nodeSelector");
      DeviceAllocations.nodes(spec.path("nodeSelector"), path, checks);
      JsonNode terms = spec.path("nodeSelector").path("nodeSelectorTerms");
      if (terms.size() != 1) {
        checks.invalid(
            path.child("nodeSelectorTerms"), terms, "must have exactly one node selector term");
      }
    }
    for (String field : List.of("allNodes", "perDeviceNodeSelection")) {
      if (spec.path(field).asBoolean(false)) {
        set.add("`" + field + "`");
      }
    }
    if (set.isEmpty()) {
      checks.required(SPEC, PLACES);
    } else if (set.size() > 1) {
      checks.invalid(
          SPEC, "{" + String.join(", ", set) + "}", PLACES + ", but multiple fields are set");
    }
  }

  private static void device(JsonNode device, Path path, Checks checks) {
    DeviceNames.label(device.path("name"), path.child("name"), checks);
    JsonNode attributes = device.path("attributes");
    DeviceNames.attributes(attributes, path.child("attributes"), checks);
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      value(attribute.getValue(), path.child("attributes").key(attribute.getKey()), checks);
    }
    DeviceNames.attributes(device.path("capacity"), path.child("capacity"), checks);
    int properties = attributes.size() + device.path("capacity").size();
    if (properties > MAX_PROPERTIES) {
      checks.invalid(
          path,
          properties,
          "the total number of attributes and capacities must not exceed " + MAX_PROPERTIES);
    }
    JsonNode taints = device.path("taints");
    for (int i = 0; i < taints.size(); i++) {
      DeviceNames.taint(taints.get(i), path.child("taints").at(i), checks);
    }
    DeviceNames.size(taints, MAX_TAINTS, path.child("taints"), checks);
  }

  private static void value(JsonNode attribute, Path path, Checks checks) {
    String version = attribute.path("version").asString("");
    if (attribute.has("version") && !SEMVER.matcher(version).matches()) {
      checks.invalid(
          path.child("version"), version, "must be a string compatible with semver.org spec 2.0.0");
    }
    for (String field : List.of("string", "version")) {
      if (attribute.path(field).asString("").length() > MAX_VALUE) {
        checks.tooLong(path.child(field), MAX_VALUE);
      }
    }
    if (attribute.isEmpty()) {
      checks.required(path, VALUES);
    } else if (attribute.size() > 1) {
      checks.invalid(path, attribute, VALUES);
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode now = object.path("spec");
    JsonNode before = old.path("spec");
    if (!now.path("pool").path("name").equals(before.path("pool").path("name"))) {
      checks.immutable(SPEC.child("pool", "name"), now.path("pool").path("name"));
    }
    for (String field : List.of("driver", "nodeName")) {
      if (!now.path(field).equals(before.path(field))) {
        checks.immutable(SPEC.child(field), now.path(field));
      }
    }
  }
}
