package dev.argosy.console.tenant;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much a tenant's pods may do at the most, by its own spec.
 *
 * @param level empty if it says nothing
 * @param version of the standards; empty for the newest
 */
record PodBound(String level, String version) {

  /** From everything to little. */
  static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");

  static PodBound of(JsonNode spec) {
    JsonNode said = spec.path("podSecurity");
    String version = said.path("enforceVersion").asString("");
    return new PodBound(said.path("enforce").asString(""), version.equals("latest") ? "" : version);
  }

  /** Has the spec of a tenant, or a patch of it, say so. */
  void into(ObjectNode spec) {
    ObjectNode said = spec.putObject("podSecurity").put("enforce", level);
    if (version.isEmpty()) {
      said.putNull("enforceVersion");
    } else {
      said.put("enforceVersion", version);
    }
  }

  /** For people; empty if it says nothing. */
  String text() {
    return version.isEmpty() ? level : level + ", as of " + version;
  }

  /** What a level means, in a few words. */
  static String help(String level) {
    return switch (level) {
      case "privileged" -> "Pods may do anything on their nodes: only where it has these alone";
      case "baseline" -> "No known ways out of a container: no host folders, networks or devices";
      case "restricted" -> "Hardened pods only: not as root, no privileges gained";
      default -> "";
    };
  }
}
