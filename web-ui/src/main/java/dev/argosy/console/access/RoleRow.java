package dev.argosy.console.access;

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
 * Somebody's role, in a tenant or on the platform.
 *
 * @param until from when on it does not count any more; null if it lasts
 * @param reason why it was given; only roles on the platform say
 */
record RoleRow(
    ObjectKey key,
    Subject subject,
    String role,
    @Nullable Instant until,
    String reason,
    @Nullable Instant created) {

  /**
   * Who has it.
   *
   * @param kind User, Group or ServiceAccount
   */
  record Subject(String kind, String name) {}

  static RoleRow of(ApiObject object) {
    JsonNode spec = object.tree().path("spec");
    JsonNode subject = spec.path("subject");
    return new RoleRow(
        object.key(),
        new Subject(subject.path("kind").asString(""), subject.path("name").asString("")),
        spec.path("role").asString(""),
        Moment.in(spec.path("expiresAt")),
        spec.path("reason").asString(""),
        object.meta().creationTimestamp());
  }

  /** In the order of those who have them. */
  static List<RoleRow> byName(List<RoleRow> rows) {
    return rows.stream()
        .sorted(
            Comparator.comparing((RoleRow row) -> row.subject.name).thenComparing(RoleRow::role))
        .toList();
  }

  boolean over(Instant now) {
    return until != null && !until.isAfter(now);
  }

  /** Whether it counts, in a word. */
  String state(Instant now) {
    return over(now) ? "Expired" : until == null ? "Lasting" : "Temporary";
  }

  Health health(Instant now) {
    return over(now) ? Health.WARNING : Health.GOOD;
  }
}
