package dev.argosy.console.invitation;

import dev.argosy.console.layout.Health;
import dev.argosy.console.live.Moment;
import dev.argosy.model.access.MailAddress;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An invitation.
 *
 * @param phase as it was written last
 * @param acceptBy from when on it cannot be accepted any more
 */
record InvitationRow(
    ObjectKey key, Offer offer, String inviter, String phase, @Nullable Instant acceptBy) {

  /** A role in a tenant, for whoever has an address. */
  record Offer(String tenant, String email, String role, @Nullable Instant until) {}

  static InvitationRow of(ApiObject object) {
    JsonNode spec = object.tree().path("spec");
    return new InvitationRow(
        object.key(),
        new Offer(
            spec.path("tenant").asString(""),
            spec.path("email").asString(""),
            spec.path("role").asString(""),
            Moment.in(spec.path("expiresAt"))),
        spec.path("username").asString(""),
        object.tree().path("status").path("phase").asString("Pending"),
        Moment.in(spec.path("acceptBy")));
  }

  /** Whether it is for who has this address; nobody has an empty one. */
  boolean isFor(String verifiedEmail) {
    return !verifiedEmail.isEmpty() && verifiedEmail.equals(MailAddress.canonical(offer.email));
  }

  boolean waits(Instant now) {
    return phase.equals("Pending") && (acceptBy == null || now.isBefore(acceptBy));
  }

  boolean accepted() {
    return phase.equals("Accepted");
  }

  /** What has become of it, in a word. */
  String state(Instant now) {
    return phase.equals("Pending") && !waits(now) ? "Expired" : phase;
  }

  Health health(Instant now) {
    return switch (state(now)) {
      case "Pending" -> Health.BUSY;
      case "Accepted" -> Health.GOOD;
      default -> Health.WARNING;
    };
  }

  /** Those that wait first, then in the order of addresses. */
  static List<InvitationRow> inOrder(List<InvitationRow> rows, Instant now) {
    return rows.stream()
        .sorted(
            Comparator.comparing((InvitationRow row) -> row.waits(now))
                .reversed()
                .thenComparing(row -> row.offer.email)
                .thenComparing(row -> row.offer.tenant))
        .toList();
  }
}
