package dev.argosy.tenancy.member;

import dev.argosy.model.kind.GroupResource;
import tools.jackson.databind.JsonNode;

/**
 * One subject's role in one tenant.
 *
 * @param role the word of a {@link TenantRole}, or the name of a role of people's own making
 */
public record Member(String name, String tenant, SubjectRef subject, String role, Term term) {

  public static final GroupResource RESOURCE = new GroupResource("tenancy.argosy.dev", "members");

  public Member {
    if (name.isEmpty() || tenant.isEmpty() || role.isEmpty()) {
      throw new IllegalArgumentException("a member needs a name, a tenant and a role");
    }
  }

  /**
   * Reads a whole Member object.
   *
   * @throws IllegalArgumentException if it is not complete
   */
  public static Member of(JsonNode object) {
    JsonNode spec = object.path("spec");
    return new Member(
        object.path("metadata").path("name").asString(""),
        spec.path("tenant").asString(""),
        SubjectRef.of(spec.path("subject")),
        spec.path("role").asString(""),
        Term.of(spec));
  }

  /** Whether the member has every right in the tenant, whatever the tenant's roles say. */
  public boolean administers() {
    return role.equals(TenantRole.ADMIN.text());
  }
}
