package dev.argosy.server.authn;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.registry.Subject;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request for a token may say, in Kubernetes' words. */
final class TokenRequest {

  private static final String GROUP = "authentication.k8s.io";
  private static final String KIND = "TokenRequest";
  private static final long SHORTEST = Duration.ofMinutes(10).toSeconds();
  private static final long BEYOND_REASON = 1L << 32;

  private TokenRequest() {}

  /** A body that names an account names the one in the URL. */
  static void requireOwnNames(Subject subject, ObjectNode body) {
    JsonNode metadata = body.path("metadata");
    requireSame(subject, "name", metadata, subject.name());
    requireSame(subject, "namespace", metadata, subject.namespace());
  }

  private static void requireSame(
      Subject subject, String member, JsonNode metadata, String expected) {
    String named = metadata.path(member).asString("");
    if (!named.isEmpty() && !named.equals(expected)) {
      throw invalid(
          subject.name(),
          "metadata." + member,
          "\"" + named + "\"",
          "must match the service account " + member + " if specified");
    }
  }

  static void requireUid(ApiObject account, ObjectNode body) {
    String uid = body.path("metadata").path("uid").asString("");
    if (!uid.isEmpty() && !uid.equals(account.meta().uid())) {
      throw Status.conflict(
              new GroupResource(GROUP, KIND),
              account.name(),
              "the UID in the token request ("
                  + uid
                  + ") does not match the UID of the service account ("
                  + account.meta().uid()
                  + ")")
          .asException();
    }
  }

  static long seconds(ObjectNode spec) {
    long seconds = spec.path("expirationSeconds").asLong(Duration.ofHours(1).toSeconds());
    if (seconds < SHORTEST) {
      throw invalid(
          "",
          "spec.expirationSeconds",
          String.valueOf(seconds),
          "may not specify a duration less than 10 minutes");
    }
    if (seconds > BEYOND_REASON) {
      throw invalid(
          "",
          "spec.expirationSeconds",
          String.valueOf(seconds),
          "may not specify a duration larger than 2^32 seconds");
    }
    return seconds;
  }

  private static StatusException invalid(String name, String field, String value, String why) {
    Cause cause = new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field);
    return Status.invalid(GROUP, KIND, name, List.of(cause)).asException();
  }
}
