package dev.argosy.server.review;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.authn.BearerTokens;
import dev.argosy.server.registry.Subject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who am I, whose token is this. */
final class IdentityReviews {

  private final BearerTokens tokens;
  private final Clock clock;

  IdentityReviews(BearerTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** SelfSubjectReview. */
  ObjectNode self(Subject subject, ObjectNode body) {
    ObjectNode answer = body.deepCopy();
    answer
        .withObject("metadata")
        .put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    write(answer.putObject("status").putObject("userInfo"), subject.user());
    return answer;
  }

  /** TokenReview. Tokens of another tenant's cluster are no tokens here. */
  ObjectNode token(Subject subject, ObjectNode body) {
    String token = Questions.text(body.path("spec"), "token");
    if (token.isEmpty()) {
      throw Status.badRequest("token is required for TokenReview in authentication").asException();
    }
    ObjectNode answer = body.deepCopy();
    Set<String> audiences = new HashSet<>(Questions.texts(body.path("spec").path("audiences")));
    if (audiences.isEmpty()) {
      audiences.addAll(tokens.apiAudiences());
    }
    ObjectNode status = answer.putObject("status");
    switch (tokens.check(token, Set.copyOf(audiences))) {
      case BearerTokens.Result.Good good when known(good.user(), subject.cluster()) -> {
        status.put("authenticated", true);
        write(status.putObject("user"), good.user());
        good.audiences().forEach(status.putArray("audiences")::add);
      }
      case BearerTokens.Result.Good good -> refuse(status, "");
      case BearerTokens.Result.Bad bad -> refuse(status, bad.why());
    }
    return answer;
  }

  private static void refuse(ObjectNode status, String why) {
    status.put("error", "[invalid bearer token" + (why.isEmpty() ? "" : ", " + why) + "]");
    status.putObject("user");
  }

  private static boolean known(UserInfo user, String cluster) {
    Optional<String> scope = ClusterScope.of(user);
    return cluster.equals(ClusterDirectory.ROOT) || scope.isEmpty() || scope.get().equals(cluster);
  }

  private static void write(ObjectNode json, UserInfo user) {
    json.put("username", user.name());
    if (!user.uid().isEmpty()) {
      json.put("uid", user.uid());
    }
    put(json.putArray("groups"), user.groups());
    if (!user.extra().isEmpty()) {
      ObjectNode extra = json.putObject("extra");
      user.extra().forEach((key, values) -> put(extra.putArray(key), values));
    }
  }

  private static void put(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }
}
