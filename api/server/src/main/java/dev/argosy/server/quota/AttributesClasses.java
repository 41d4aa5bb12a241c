package dev.argosy.server.quota;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The volume attributes classes that a claim wants, has, or is on the way to. */
final class AttributesClasses {

  private AttributesClasses() {}

  /** Their names; the empty one alone if there is none. */
  static Set<String> of(JsonNode claim) {
    JsonNode status = claim.path("status");
    Set<String> names = new TreeSet<>();
    names.add(claim.path("spec").path("volumeAttributesClassName").asString(""));
    names.add(status.path("currentVolumeAttributesClassName").asString(""));
    names.add(
        status.path("modifyVolumeStatus").path("targetVolumeAttributesClassName").asString(""));
    if (names.size() > 1) {
      names.remove("");
    }
    return names;
  }
}
