package dev.argosy.server.authn;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.registry.PostHandler;
import dev.argosy.server.registry.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Makes service-account tokens: {@code POST serviceaccounts/NAME/token}. */
public final class TokenRequestHandler implements PostHandler {

  /** No token lasts longer. */
  static final long LONGEST = Duration.ofDays(30).toSeconds();

  /**
   * What the API server itself asks for when it mounts a token. Programs that read their token once
   * only go on working until {@link #LONGEST}, as in Kubernetes; the claim {@code warnafter} says
   * when they should have read it again.
   */
  private static final long MOUNTED = 3607;

  private final TokenKeys keys;
  private final ObjectLookup objects;
  private final TokenBindings bindings;
  private final Clock clock;

  public TokenRequestHandler(
      TokenKeys keys, ObjectLookup objects, ClusterDirectory clusters, Clock clock) {
    this.keys = keys;
    this.objects = objects;
    this.bindings = new TokenBindings(objects, clusters);
    this.clock = clock;
  }

  @Override
  public ObjectNode post(Subject subject, ObjectNode body) {
    return post(subject, body, warning -> {});
  }

  @Override
  public ObjectNode post(Subject subject, ObjectNode body, Consumer<String> warnings) {
    TokenRequest.requireOwnNames(subject, body);
    ApiObject account =
        objects
            .find(ServiceAccountNames.key(subject.cluster(), subject.namespace(), subject.name()))
            .orElseThrow(
                () -> Status.notFound(ServiceAccountNames.RESOURCE, subject.name()).asException());
    TokenRequest.requireUid(account, body);
    ObjectNode spec = body.withObject("spec");
    List<String> audiences = audiences(spec);
    long asked = TokenRequest.seconds(spec);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("cluster", account.cluster());
    claims.put("namespace", account.namespace());
    claims.put("serviceaccount", TokenBindings.ref(account));
    claims.putAll(bindings.claims(account, spec.path("boundObjectRef")));
    long seconds = shortened(asked, warnings);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    long lasting = seconds;
    if (seconds == MOUNTED
        && claims.containsKey("pod")
        && audiences.equals(List.of(ServiceAccountNames.API))) {
      lasting = LONGEST;
      claims.put("warnafter", now.plusSeconds(seconds).getEpochSecond());
    }
    String token = keys.sign(claims(account, audiences, claims, now, lasting));
    return answer(body, account, audiences, new Made(token, now, seconds));
  }

  private static List<String> audiences(ObjectNode spec) {
    List<String> audiences = new ArrayList<>();
    spec.path("audiences").forEach(audience -> audiences.add(audience.asString("")));
    audiences.removeIf(String::isEmpty);
    return audiences.isEmpty() ? List.of(ServiceAccountNames.API) : audiences;
  }

  private static long shortened(long seconds, Consumer<String> warnings) {
    if (seconds <= LONGEST) {
      return seconds;
    }
    warnings.accept(
        "requested expiration of " + seconds + " seconds shortened to " + LONGEST + " seconds");
    return LONGEST;
  }

  private static JWTClaimsSet claims(
      ApiObject account,
      List<String> audiences,
      Map<String, Object> claims,
      Instant now,
      long seconds) {
    return new JWTClaimsSet.Builder()
        .issuer(ServiceAccountNames.issuer(account.cluster()))
        .subject(ServiceAccountNames.user(account.namespace(), account.name()))
        .audience(audiences)
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(seconds)))
        .jwtID(UUID.randomUUID().toString())
        .claim("kubernetes.io", claims)
        .build();
  }

  /**
   * What was made.
   *
   * @param seconds after which it should be asked for anew
   */
  private record Made(String token, Instant now, long seconds) {}

  private static ObjectNode answer(
      ObjectNode body, ApiObject account, List<String> audiences, Made made) {
    ObjectNode answer = body.deepCopy();
    answer
        .withObject("metadata")
        .put("name", account.name())
        .put("namespace", account.namespace())
        .put("uid", account.meta().uid())
        .put("creationTimestamp", made.now.toString());
    ObjectNode spec = answer.withObject("spec");
    spec.remove("audiences");
    audiences.forEach(spec.withArray("audiences")::add);
    spec.put("expirationSeconds", made.seconds);
    answer
        .putObject("status")
        .put("token", made.token)
        .put("expirationTimestamp", made.now.plusSeconds(made.seconds).toString());
    return answer;
  }
}
