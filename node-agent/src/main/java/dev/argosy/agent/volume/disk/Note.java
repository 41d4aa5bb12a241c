package dev.argosy.agent.volume.disk;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node keeps beside a volume about it, for when the API no longer knows it.
 *
 * @param deletes whether what it holds goes with it
 * @param missedAt when the API first had no such volume; null while it has one
 */
record Note(boolean deletes, @Nullable Instant missedAt) {

  static Path in(Path folder) {
    return folder.resolve("volume.json");
  }

  /** Empty if there is none that can be read. */
  static Optional<Note> read(Path folder) {
    try {
      JsonNode tree = Json.mapper().readTree(Files.readAllBytes(in(folder)));
      JsonNode missed = tree.path("missedAt");
      return Optional.of(
          new Note(
              tree.path("deletes").asBoolean(false),
              missed.isString() ? Instant.parse(missed.asString("")) : null));
    } catch (IOException | JacksonException | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  byte[] bytes() {
    ObjectNode tree = Json.object().put("deletes", deletes);
    if (missedAt != null) {
      tree.put("missedAt", missedAt.toString());
    }
    return Json.mapper().writeValueAsBytes(tree);
  }
}
