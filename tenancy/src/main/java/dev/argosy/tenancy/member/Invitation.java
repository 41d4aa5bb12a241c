package dev.argosy.tenancy.member;

import dev.argosy.model.access.MailAddress;
import dev.argosy.model.kind.GroupResource;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;

/**
 * A role in a tenant that is offered to whoever has an e-mail address.
 *
 * @param uid by which it differs from an earlier one of the same name
 * @param acceptBy from this moment on it cannot be accepted any more
 */
public record Invitation(String name, String uid, Offer offer, Instant acceptBy, Phase phase) {

  public static final GroupResource RESOURCE =
      new GroupResource("tenancy.argosy.dev", "invitations");

  /**
   * What is offered.
   *
   * @param email to whom, in the form of {@link MailAddress#canonical}
   * @param role as of a {@link Member}
   * @param term of the role
   */
  public record Offer(String tenant, String email, String role, Term term) {}

  /** What has become of it. All but the first are final. */
  public enum Phase {
    PENDING("Pending"),
    ACCEPTED("Accepted"),
    DECLINED("Declined"),
    EXPIRED("Expired");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    /** The word in {@code status.phase}, and the type of its condition. */
    public String text() {
      return text;
    }

    static Phase of(String text) {
      for (Phase phase : values()) {
        if (phase.text.equals(text)) {
          return phase;
        }
      }
      throw new IllegalArgumentException("no phase of an invitation: " + text);
    }
  }

  /**
   * Reads a whole Invitation object.
   *
   * @throws IllegalArgumentException if it is not complete
   */
  public static Invitation of(JsonNode object) {
    JsonNode spec = object.path("spec");
    return new Invitation(
        object.path("metadata").path("name").asString(""),
        object.path("metadata").path("uid").asString(""),
        new Offer(
            spec.path("tenant").asString(""),
            MailAddress.canonical(spec.path("email").asString("")),
            spec.path("role").asString(""),
            Term.of(spec)),
        time(spec.path("acceptBy").asString("")),
        Phase.of(object.path("status").path("phase").asString("Pending")));
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  /** Whether its time is over, if nobody answered it before. */
  public boolean over(Instant now) {
    return phase == Phase.PENDING && !now.isBefore(acceptBy);
  }
}
