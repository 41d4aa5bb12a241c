package dev.argosy.server.registry;

import dev.argosy.model.schema.KindSchema;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** When {@code metadata.generation} goes up: when what the user wants has changed. */
final class Generations {

  private static final Set<String> NOT_CONTENT = Set.of("apiVersion", "kind", "metadata", "status");

  private Generations() {}

  static void bump(KindSchema kind, ObjectNode object, ObjectNode old) {
    boolean changed =
        switch (kind.strategy().generation()) {
          case NONE, FIXED -> false;
          case SPEC -> differs(object, old, "spec");
          case SPEC_AND_ANNOTATIONS ->
              differs(object, old, "spec")
                  || !object
                      .path("metadata")
                      .path("annotations")
                      .equals(old.path("metadata").path("annotations"));
          case CONTENT -> contentDiffers(object, old);
          case CONTENT_AND_STATUS -> contentDiffers(object, old) || differs(object, old, "status");
        };
    if (changed) {
      Metadata metadata = Metadata.of(object);
      metadata.setGeneration(metadata.generation() + 1);
    }
  }

  private static boolean contentDiffers(ObjectNode object, ObjectNode old) {
    return object.propertyNames().stream()
            .anyMatch(name -> !NOT_CONTENT.contains(name) && differs(object, old, name))
        || old.propertyNames().stream()
            .anyMatch(name -> !NOT_CONTENT.contains(name) && !object.has(name));
  }

  private static boolean differs(ObjectNode object, ObjectNode old, String member) {
    return !Objects.equals(object.get(member), old.get(member));
  }
}
