package dev.argosy.tenancy.breakglass;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.tenancy.member.SubjectRef;
import dev.argosy.tenancy.member.TenantRole;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;

/**
 * What one user may do in one tenant, until when and why.
 *
 * @param expiresAt from this moment on it no longer counts
 * @param ended whether somebody ended it before that
 */
public record BreakGlass(
    String name,
    String tenant,
    String username,
    TenantRole role,
    String reason,
    Instant expiresAt,
    boolean ended) {

  public static final GroupResource RESOURCE =
      new GroupResource("tenancy.argosy.dev", "breakglasses");

  public BreakGlass {
    if (name.isEmpty() || tenant.isEmpty() || username.isEmpty()) {
      throw new IllegalArgumentException("it needs a name, a tenant and a user");
    }
  }

  /**
   * Reads a whole BreakGlass object.
   *
   * @throws IllegalArgumentException if it is not complete
   */
  public static BreakGlass of(JsonNode object) {
    JsonNode spec = object.path("spec");
    return new BreakGlass(
        object.path("metadata").path("name").asString(""),
        spec.path("tenant").asString(""),
        spec.path("username").asString(""),
        TenantRole.of(spec.path("role").asString(TenantRole.ADMIN.text())),
        spec.path("reason").asString(""),
        time(spec.path("expiresAt").asString("")),
        spec.path("ended").asBoolean(false));
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  /** Whether it still gives rights. */
  public boolean counts(Instant now) {
    return !ended && now.isBefore(expiresAt);
  }

  /** Whose it is. */
  public SubjectRef subject() {
    return new SubjectRef(SubjectRef.Kind.USER, username);
  }
}
