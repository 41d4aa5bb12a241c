package dev.argosy.server.registry;

import dev.argosy.model.managed.FieldTracking;
import dev.argosy.model.managed.Writer;
import dev.argosy.model.object.Json;
import dev.argosy.store.spi.ResourceStore;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes in objects who writes which of their fields. Asked before admission, so that what steps of
 * the system add is nobody's.
 */
record Ownership(Clock clock) {

  private static final String ENTRIES = "managedFields";

  void created(Write write, ObjectNode object) {
    FieldTracking.created(write.kind().shape(), writer(write), object, clock.instant());
  }

  void updated(Write write, ObjectNode present, ObjectNode object) {
    FieldTracking.updated(write.kind().shape(), writer(write), present, object, clock.instant());
  }

  /**
   * The bytes to keep. An object that is too large with its owners is kept without them, rather
   * than not at all.
   */
  static byte[] stored(Write write, ObjectNode object) {
    byte[] stored = Json.canonical(write.kind().toStored(object));
    Metadata metadata = Metadata.of(object);
    if (stored.length <= ResourceStore.MAX_BYTES || !metadata.node().has(ENTRIES)) {
      return stored;
    }
    metadata.remove(ENTRIES);
    return Json.canonical(write.kind().toStored(object));
  }

  static Writer writer(Write write) {
    return new Writer(
        write.options().fieldManager(), write.kind().type().apiVersion(), write.subresource());
  }

  /** A write that leaves everything but times as it was leaves the times too. */
  static void keepTimes(ObjectNode object, ObjectNode present) {
    @Nullable JsonNode before = present.path("metadata").get(ENTRIES);
    @Nullable JsonNode after = object.path("metadata").get(ENTRIES);
    if (before != null && before != after && FieldTracking.sameButTimes(before, after)) {
      Metadata.of(object).node().set(ENTRIES, before);
    }
  }
}
