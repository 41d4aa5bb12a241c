package dev.argosy.server.authn;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
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
import tools.jackson.databind.node.ObjectNode;

/** Makes service-account tokens: {@code POST serviceaccounts/NAME/token}. */
public final class TokenRequestHandler implements PostHandler {

  private static final GroupResource REQUESTS =
      new GroupResource("authentication.k8s.io", "tokenrequests");
  private static final long SHORTEST = Duration.ofMinutes(10).toSeconds();
  private static final long LONGEST = Duration.ofDays(30).toSeconds();

  private final TokenKeys keys;
  private final ObjectLookup objects;
  private final TokenBindings bindings;
  private final Clock clock;

  public TokenRequestHandler(TokenKeys keys, ObjectLookup objects, Clock clock) {
    this.keys = keys;
    this.objects = objects;
    this.bindings = new TokenBindings(objects);
    this.clock = clock;
  }

  @Override
  public ObjectNode post(Subject subject, ObjectNode body) {
    ApiObject account =
        objects
            .find(ServiceAccountNames.key(subject.cluster(), subject.namespace(), subject.name()))
            .filter(object -> !object.meta().deleting())
            .orElseThrow(() ->
                new StatusException(Status.notFound(ServiceAccountNames.RESOURCE, subject.name())));
    ObjectNode spec = body.withObject("spec");
    List<String> audiences = audiences(spec);
    long seconds = seconds(spec, subject.name());
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("cluster", account.cluster());
    claims.put("namespace", account.namespace());
    claims.put("serviceaccount", TokenBindings.ref(account));
    claims.putAll(bindings.claims(account, spec.path("boundObjectRef")));
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plusSeconds(Math.min(seconds, LONGEST));
    String token = sign(account, audiences, claims, now, expires);
    return answer(body, audiences, token, expires);
  }

  private static List<String> audiences(ObjectNode spec) {
    List<String> audiences = new ArrayList<>();
    spec.path("audiences").forEach(audience -> audiences.add(audience.asString("")));
    audiences.removeIf(String::isEmpty);
    return audiences.isEmpty() ? List.of(ServiceAccountNames.API) : audiences;
  }

  private static long seconds(ObjectNode spec, String name) {
    long seconds = spec.path("expirationSeconds").asLong(Duration.ofHours(1).toSeconds());
    if (seconds < SHORTEST) {
      Cause cause =
          new Cause(
              "FieldValueInvalid",
              "Invalid value: " + seconds + ": may not specify a duration less than 10 minutes",
              "spec.expirationSeconds");
      throw new StatusException(
          Status.about(
                  Reason.INVALID,
                  REQUESTS,
                  name,
                  "TokenRequest.authentication.k8s.io \""
                      + name
                      + "\" is invalid: "
                      + cause.field()
                      + ": "
                      + cause.message())
              .withCauses(List.of(cause)));
    }
    return seconds;
  }

  private String sign(
      ApiObject account,
      List<String> audiences,
      Map<String, Object> claims,
      Instant now,
      Instant expires) {
    JWTClaimsSet set =
        new JWTClaimsSet.Builder()
            .issuer(ServiceAccountNames.issuer(account.cluster()))
            .subject(ServiceAccountNames.user(account.namespace(), account.name()))
            .audience(audiences)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(expires))
            .jwtID(UUID.randomUUID().toString())
            .claim("kubernetes.io", claims)
            .build();
    JWSHeader header =
        new JWSHeader.Builder(keys.algorithm())
            .keyID(keys.keyId())
            .type(JOSEObjectType.JWT)
            .build();
    try {
      SignedJWT token = new SignedJWT(header, set);
      token.sign(keys.signer());
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the token key cannot sign", e);
    }
  }

  private static ObjectNode answer(
      ObjectNode body, List<String> audiences, String token, Instant expires) {
    ObjectNode answer = body.deepCopy();
    ObjectNode spec = answer.withObject("spec");
    spec.remove("audiences");
    audiences.forEach(spec.withArray("audiences")::add);
    if (!spec.has("expirationSeconds")) {
      spec.put("expirationSeconds", Duration.ofHours(1).toSeconds());
    }
    answer.putObject("status").put("token", token).put("expirationTimestamp", expires.toString());
    return answer;
  }
}
