package dev.argosy.console.history;

import dev.argosy.console.live.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One difference between two revisions.
 *
 * @param was as JSON; empty where there was nothing
 * @param is as JSON; empty where there is nothing
 * @param by who changed it last, by whatever is known of them
 */
record FieldRow(String path, String was, String is, String by, @Nullable Instant at) {

  /** All of a RevisionDiff that was answered. */
  static List<FieldRow> of(JsonNode diff) {
    List<FieldRow> rows = new ArrayList<>();
    for (JsonNode change : diff.path("status").path("changes")) {
      String user = change.path("user").asString("");
      String manager = change.path("manager").asString("");
      rows.add(
          new FieldRow(
              path(change.path("path").asString("")),
              change.path("was").asString(""),
              change.path("is").asString(""),
              user.isEmpty() ? manager : manager.isEmpty() ? user : user + " (" + manager + ")",
              Moment.in(change.path("recordedAt"))));
    }
    return List.copyOf(rows);
  }

  /** A JSON pointer, as people write places: {@code spec.containers.0.image}. */
  private static String path(String pointer) {
    String inner = pointer.startsWith("/") ? pointer.substring(1) : pointer;
    return inner.replace("/", " › ").replace("~1", "/").replace("~0", "~");
  }
}
