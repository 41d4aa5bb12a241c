package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Drivers of volumes, and which of them a node has. */
record CsiDriverRules(boolean node) implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> GROUP_POLICIES =
      List.of("File", "None", "ReadWriteOnceWithFSType");
  private static final List<String> MODES = List.of("Persistent", "Ephemeral");
  private static final int MAX_NAME = 63;
  private static final int MAX_NODE_ID = 128;

  /** The name of a driver, as devices have it too. */
  static void name(String name, Path path, Checks checks) {
    if (name.isEmpty()) {
      checks.required(path, "");
      return;
    }
    if (name.length() > MAX_NAME) {
      checks.tooLong(path, MAX_NAME);
    }
    checks.invalidAll(path, name, NameRules.dnsSubdomain(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public void validate(ObjectNode object, Checks checks) {
    if (node) {
      drivers(object.path("spec").path("drivers"), SPEC.child("drivers"), checks);
    } else {
      name(object.path("metadata").path("name").asString(""), Path.of("name"), checks);
      spec(object.path("spec"), checks);
    }
  }

  private static void spec(JsonNode spec, Checks checks) {
    AdmissionMatching.optional(
        spec.path("fsGroupPolicy"), GROUP_POLICIES, SPEC.child("fsGroupPolicy"), checks);
    for (JsonNode mode : spec.path("volumeLifecycleModes")) {
      AdmissionMatching.optional(mode, MODES, SPEC.child("volumeLifecycleModes"), checks);
    }
    JsonNode period = spec.path("nodeAllocatableUpdatePeriodSeconds");
    if (period.isNumber() && period.asLong(0) < 10) {
      checks.invalid(
          SPEC.child("nodeAllocatableUpdatePeriodSeconds"),
          period,
          "must be greater than or equal to 10 seconds");
    }
    Set<String> audiences = new HashSet<>();
    JsonNode tokens = spec.path("tokenRequests");
    for (int i = 0; i < tokens.size(); i++) {
      Path path = SPEC.child("tokenRequests").at(i);
      String audience = tokens.get(i).path("audience").asString("");
      if (audiences.add(audience)) {
        expiration(tokens.get(i).path("expirationSeconds"), path, checks);
      } else {
        checks.duplicate(path.child("audience"), audience);
      }
    }
  }

  private static void expiration(JsonNode seconds, Path path, Checks checks) {
    if (seconds.isNumber() && seconds.asLong(0) < 600) {
      checks.invalid(
          path.child("expirationSeconds"),
          seconds,
          "may not specify a duration less than 10 minutes");
    } else if (seconds.asLong(0) > 1L << 32) {
      checks.invalid(
          path.child("expirationSeconds"),
          seconds,
          "may not specify a duration larger than 2^32 seconds");
    }
  }

  private static void drivers(JsonNode drivers, Path path, Checks checks) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < drivers.size(); i++) {
      JsonNode driver = drivers.get(i);
      Path at = path.at(i);
      String name = driver.path("name").asString("");
      name(name, at.child("name"), checks);
      String id = driver.path("nodeID").asString("");
      if (id.isEmpty()) {
        checks.required(at.child("nodeID"), "");
      } else if (id.length() > MAX_NODE_ID) {
        checks.invalid(at.child("nodeID"), id, "must be " + MAX_NODE_ID + " characters or less");
      }
      checks.nonNegative(
          at.child("allocatable", "count"), driver.path("allocatable").path("count"));
      if (!names.add(name)) {
        checks.duplicate(at.child("name"), name);
      }
      topology(driver.path("topologyKeys"), at, checks);
    }
  }

  private static void topology(JsonNode keys, Path path, Checks checks) {
    Set<String> seen = new HashSet<>();
    for (JsonNode key : keys) {
      String text = key.asString("");
      if (text.isEmpty()) {
        checks.required(path, "");
      }
      if (!seen.add(text)) {
        checks.duplicate(path, text);
      }
      for (String wrong : LabelRules.qualifiedName(text)) {
        checks.invalid(path, keys, wrong);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode now = object.path("spec");
    JsonNode before = old.path("spec");
    if (node) {
      kept(now.path("drivers"), before.path("drivers"), checks);
      return;
    }
    if (!now.path("attachRequired").equals(before.path("attachRequired"))) {
      checks.immutable(SPEC.child("attachedRequired"), now.path("attachRequired"));
    }
    if (!now.path("volumeLifecycleModes").equals(before.path("volumeLifecycleModes"))) {
      checks.immutable(SPEC.child("volumeLifecycleModes"), now.path("volumeLifecycleModes"));
    }
  }

  /** Of a driver that is there only the number of volumes that it takes may change. */
  private static void kept(JsonNode now, JsonNode before, Checks checks) {
    for (JsonNode old : before) {
      for (JsonNode driver : now) {
        boolean same = driver.path("name").equals(old.path("name"));
        if (same && !withoutCount(driver).equals(withoutCount(old))) {
          checks.immutable(Path.of("CSINodeDriver"), driver);
        }
      }
    }
  }

  private static JsonNode withoutCount(JsonNode driver) {
    JsonNode copy = driver.deepCopy();
    if (copy instanceof ObjectNode object) {
      object.remove("allocatable");
    }
    return copy;
  }
}
