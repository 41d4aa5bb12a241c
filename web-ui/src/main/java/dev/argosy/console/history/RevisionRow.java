package dev.argosy.console.history;

import dev.argosy.console.layout.Health;
import dev.argosy.console.live.Moment;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the history of an object shows of one revision.
 *
 * @param change Created, Updated, Deleted, Found or Gap
 * @param user who made it; empty if nobody knows
 * @param present whether it is what the object is now
 */
record RevisionRow(
    ObjectKey key,
    @Nullable Instant at,
    String change,
    String revision,
    String user,
    String how,
    boolean present) {

  static RevisionRow of(ApiObject object) {
    JsonNode tree = object.tree();
    String user = tree.path("user").asString("");
    String as = tree.path("impersonatedUser").asString("");
    String change = tree.path("change").asString("");
    String part = tree.path("subresource").asString("");
    String verb = tree.path("verb").asString("");
    return new RevisionRow(
        object.key(),
        Moment.in(tree.path("recordedAt")),
        change,
        tree.path("revision").asString(""),
        as.isEmpty() ? user : user + " as " + as,
        part.isEmpty() ? verb : verb + " " + part,
        !tree.has("supersededAt") && !change.equals("Deleted") && !gap(change));
  }

  private static boolean gap(String change) {
    return change.equals("Gap");
  }

  /** Whether it is a state of the object, and no hole in what is known. */
  boolean state() {
    return !gap(change);
  }

  Health health() {
    return switch (change) {
      case "Created" -> Health.GOOD;
      case "Deleted" -> Health.BAD;
      case "Gap" -> Health.WARNING;
      default -> Health.BUSY;
    };
  }
}
