package dev.argosy.tenancy.member;

import tools.jackson.databind.JsonNode;

/**
 * Whom a role is given to.
 *
 * @param name of a user or group as the identity provider names it; {@code namespace/name} of a
 *     service account of the tenant's own cluster
 */
public record SubjectRef(Kind kind, String name) {

  /** Kinds of subjects. */
  public enum Kind {
    USER("User"),
    GROUP("Group"),
    SERVICE_ACCOUNT("ServiceAccount");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The word in {@code spec.subject.kind}. */
    public String text() {
      return text;
    }

    static Kind of(String text) {
      for (Kind kind : values()) {
        if (kind.text.equals(text)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of subject: " + text);
    }
  }

  public SubjectRef {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a subject needs a name");
    }
  }

  /**
   * Reads {@code {kind, name}}.
   *
   * @throws IllegalArgumentException if it names no subject
   */
  public static SubjectRef of(JsonNode subject) {
    return new SubjectRef(
        Kind.of(subject.path("kind").asString("")), subject.path("name").asString(""));
  }
}
