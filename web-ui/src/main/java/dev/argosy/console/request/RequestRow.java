package dev.argosy.console.request;

import dev.argosy.console.layout.Health;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the list of requests shows of one.
 *
 * @param answer what was said when it was decided or ended, and by whom; empty while it waits
 */
record RequestRow(
    ObjectKey key,
    Wanted wanted,
    String asker,
    State state,
    String answer,
    @Nullable Instant created) {

  /** The tenant that is asked for. */
  record Wanted(String name, String displayName, String parent, String template, String reason) {}

  /** How far a request has come, in the words of its conditions. */
  enum State {
    WAITING("Waiting", Health.WARNING),
    APPROVED("Approved", Health.BUSY),
    DENIED("Denied", Health.BAD),
    CREATED("Created", Health.GOOD),
    FAILED("Failed", Health.BAD);

    private final String word;
    private final Health health;

    State(String word, Health health) {
      this.word = word;
      this.health = health;
    }

    String word() {
      return word;
    }

    Health health() {
      return health;
    }
  }

  static RequestRow of(ApiObject object) {
    JsonNode tree = object.tree();
    JsonNode spec = tree.path("spec");
    State state = State.WAITING;
    String said = "";
    for (JsonNode condition : tree.path("status").path("conditions")) {
      State entered = state(condition.path("type").asString(""));
      if (entered.compareTo(state) > 0 && condition.path("status").asString("").equals("True")) {
        state = entered;
        said = said(said, condition.path("message").asString(""));
      }
    }
    return new RequestRow(
        object.key(),
        new Wanted(
            spec.path("name").asString(""),
            spec.path("displayName").asString(""),
            spec.path("parent").asString(""),
            spec.path("template").asString(""),
            spec.path("reason").asString("")),
        spec.path("username").asString(""),
        state,
        answer(said, tree.path("status").path("decidedBy").asString("")),
        object.meta().creationTimestamp());
  }

  /** What the end says counts more than what the decision said. */
  private static String said(String before, String now) {
    return now.isEmpty() ? before : now;
  }

  private static State state(String condition) {
    for (State state : State.values()) {
      if (state.word.equals(condition)) {
        return state;
      }
    }
    return State.WAITING;
  }

  private static String answer(String said, String by) {
    if (by.isEmpty()) {
      return said;
    }
    return said.isEmpty() ? "by " + by : said + " (" + by + ")";
  }

  boolean waits() {
    return state == State.WAITING;
  }
}
