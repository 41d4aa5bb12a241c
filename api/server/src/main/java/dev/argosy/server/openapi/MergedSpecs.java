package dev.argosy.server.openapi;

import dev.argosy.model.object.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds what others serve to a document of version 2. Of two definitions of the same name the first
 * keeps it, and the other gets another one; the types of metadata are those of this server.
 */
final class MergedSpecs {

  private static final Logger LOG = LoggerFactory.getLogger(MergedSpecs.class);
  private static final String POINTER = "#/definitions/";

  private final Set<String> taken;
  private Version2 merged;

  private MergedSpecs(Version2 base) {
    this.taken = new HashSet<>(base.names());
    this.merged = base;
  }

  static Version2 of(Version2 base, List<RemoteSpec> others) {
    MergedSpecs specs = new MergedSpecs(base);
    for (RemoteSpec other : others) {
      try {
        specs.add(other);
      } catch (RuntimeException e) {
        LOG.info("an OpenAPI document of an API server cannot be used", e);
      }
    }
    return specs.merged;
  }

  private void add(RemoteSpec other) {
    Map<String, String> names = new HashMap<>();
    ObjectNode definitions = Json.object();
    for (String name : other.definitions().propertyNames()) {
      if (!(name.startsWith(TypeNames.META) && taken.contains(name))) {
        names.put(name, free(name));
      }
    }
    names.forEach(
        (name, given) -> definitions.set(given, renamed(other.definitions().path(name), names)));
    ObjectNode paths = (ObjectNode) renamed(other.paths(), names);
    merged = merged.with(Version2.of(paths, definitions));
    taken.addAll(names.values());
  }

  private String free(String name) {
    String candidate = name;
    for (int number = 2; taken.contains(candidate); number++) {
      candidate = name + "_v" + number;
    }
    return candidate;
  }

  /** A copy whose references follow the names. */
  private static JsonNode renamed(JsonNode node, Map<String, String> names) {
    JsonNode copy = node.deepCopy();
    rename(copy, names);
    return copy;
  }

  private static void rename(JsonNode node, Map<String, String> names) {
    if (node instanceof ObjectNode object) {
      String reference = object.path("$ref").asString("");
      if (reference.startsWith(POINTER)) {
        String name = reference.substring(POINTER.length());
        object.put("$ref", POINTER + names.getOrDefault(name, name));
      }
    }
    node.forEach(child -> rename(child, names));
  }
}
