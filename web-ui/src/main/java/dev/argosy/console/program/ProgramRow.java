package dev.argosy.console.program;

import dev.argosy.console.layout.Health;
import dev.argosy.console.live.Moment;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A service client.
 *
 * @param clientId what it is called at the identity provider
 */
record ProgramRow(ObjectKey key, Right right, String description, String clientId, State state) {

  /** What the program may. */
  record Right(String role, @Nullable Instant until) {}

  /**
   * Whether the program can log in.
   *
   * @param reason a word; empty if nothing was said yet
   * @param message why not
   */
  record State(boolean ready, String reason, String message) {}

  static ProgramRow of(ApiObject object) {
    JsonNode tree = object.tree();
    JsonNode spec = tree.path("spec");
    State state = new State(false, "", "");
    for (JsonNode condition : tree.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        state =
            new State(
                condition.path("status").asString("").equals("True"),
                condition.path("reason").asString(""),
                condition.path("message").asString(""));
      }
    }
    return new ProgramRow(
        object.key(),
        new Right(spec.path("role").asString(""), Moment.in(spec.path("expiresAt"))),
        spec.path("description").asString(""),
        tree.path("status").path("clientId").asString(""),
        state);
  }

  String name() {
    return key.name();
  }

  boolean ended(Instant now) {
    return right.until != null && !now.isBefore(right.until);
  }

  boolean ready(Instant now) {
    return state.ready && !ended(now);
  }

  /** How it stands, in a word or two. */
  String word(Instant now) {
    if (ended(now)) {
      return "Ended";
    }
    if (state.ready) {
      return "Ready";
    }
    return switch (state.reason) {
      case "", "Provisioning" -> "Being made";
      case "TenantSuspended" -> "Suspended";
      case "ProviderAway" -> "Provider away";
      default -> "Not ready";
    };
  }

  Health health(Instant now) {
    return switch (word(now)) {
      case "Ready" -> Health.GOOD;
      case "Being made", "Provider away" -> Health.BUSY;
      default -> Health.WARNING;
    };
  }

  static List<ProgramRow> byName(List<ProgramRow> rows) {
    return rows.stream().sorted(Comparator.comparing(ProgramRow::name)).toList();
  }
}
