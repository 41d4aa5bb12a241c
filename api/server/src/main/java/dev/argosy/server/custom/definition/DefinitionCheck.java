package dev.argosy.server.custom.definition;

import dev.argosy.model.schema.field.Path;
import dev.argosy.model.status.Cause;
import dev.argosy.server.custom.schema.Problems;
import dev.argosy.server.custom.schema.SameValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a definition must fulfil to be kept, besides the rules of its kind: that its schemas,
 * expressions and paths can be used.
 */
public final class DefinitionCheck {

  private static final Path SPEC = Path.of("spec");

  private final VersionCheck versions = new VersionCheck();

  /**
   * Checks a definition.
   *
   * @param old what it replaces; null if it is new
   */
  public List<Cause> definition(ObjectNode definition, @Nullable ObjectNode old) {
    Problems problems = new Problems();
    JsonNode spec = definition.path("spec");
    if (Protected.ofPlatform(spec.path("group").asString(""))) {
      problems.forbidden(SPEC.child("group"), "this group belongs to the platform");
    }
    JsonNode all = spec.path("versions");
    for (int i = 0; i < all.size(); i++) {
      JsonNode version = all.get(i);
      if (old == null || !SameValue.of(version, byName(old.path("spec"), version))) {
        versions.check(version, SPEC.child("versions").at(i), problems);
      }
    }
    return problems.causes();
  }

  /** What was accepted once is not refused because rules became stricter. */
  private static JsonNode byName(JsonNode spec, JsonNode version) {
    for (JsonNode other : spec.path("versions")) {
      if (other.path("name").equals(version.path("name"))) {
        return other;
      }
    }
    return spec.path("versions").path("");
  }
}
