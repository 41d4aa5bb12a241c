package dev.argosy.tenancy.role;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.tenancy.member.SubjectRef;
import dev.argosy.tenancy.member.Term;
import tools.jackson.databind.JsonNode;

/**
 * A platform role given to a user or group of the identity provider.
 *
 * @param role the word of a {@link PlatformRole}, or the name of a role of people's own making
 * @param subject never a service account: those belong to one tenant
 * @param reason why it was given, for people; may be empty
 */
public record AccessGrant(String name, String role, SubjectRef subject, Term term, String reason) {

  public static final GroupResource RESOURCE =
      new GroupResource("tenancy.argosy.dev", "accessgrants");

  public AccessGrant {
    if (name.isEmpty() || role.isEmpty()) {
      throw new IllegalArgumentException("a grant needs a name and a role");
    }
    if (subject.kind() == SubjectRef.Kind.SERVICE_ACCOUNT) {
      throw new IllegalArgumentException("a service account cannot have a platform role");
    }
  }

  /**
   * Reads a whole AccessGrant object ({@code spec.role}, {@code spec.subject}, and perhaps {@code
   * spec.expiresAt} and {@code spec.reason}).
   *
   * @throws IllegalArgumentException if it is not complete
   */
  public static AccessGrant of(JsonNode object) {
    JsonNode spec = object.path("spec");
    return new AccessGrant(
        object.path("metadata").path("name").asString(""),
        spec.path("role").asString(""),
        SubjectRef.of(spec.path("subject")),
        Term.of(spec),
        spec.path("reason").asString(""));
  }
}
