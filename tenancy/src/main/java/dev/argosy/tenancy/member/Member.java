package dev.argosy.tenancy.member;

import dev.argosy.model.kind.GroupResource;
import tools.jackson.databind.JsonNode;

/** One subject's role in one tenant. */
public record Member(String name, String tenant, SubjectRef subject, TenantRole role, Term term) {

  public static final GroupResource RESOURCE = new GroupResource("tenancy.argosy.dev", "members");

  public Member {
    if (name.isEmpty() || tenant.isEmpty()) {
      throw new IllegalArgumentException("a member needs a name and a tenant");
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
        TenantRole.of(spec.path("role").asString("")),
        Term.of(spec));
  }
}
