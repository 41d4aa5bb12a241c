package dev.argosy.server.authn;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.argosy.model.object.Json;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A signed token, taken apart; nothing in it is to be believed before {@link #signedBy}. */
final class Jwt {

  /** Longer texts are no tokens. */
  private static final int MAX_LENGTH = 32 * 1024;

  /** Only signatures by private keys: with HS256 a public key could pass for a secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final SignedJWT token;
  private final JWTClaimsSet claims;

  private Jwt(SignedJWT token, JWTClaimsSet claims) {
    this.token = token;
    this.claims = claims;
  }

  static Jwt parse(String text) throws BadTokenException {
    if (text.length() > MAX_LENGTH) {
      throw new BadTokenException("longer than a token can be");
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      JWTClaimsSet claims = token.getJWTClaimsSet();
      if (claims == null || !ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
        throw new BadTokenException("no claims, or an algorithm that is not accepted");
      }
      return new Jwt(token, claims);
    } catch (ParseException | IllegalArgumentException e) {
      throw new BadTokenException("not a signed token");
    }
  }

  String issuer() {
    String issuer = claims.getIssuer();
    return issuer == null ? "" : issuer;
  }

  String subject() {
    String subject = claims.getSubject();
    return subject == null ? "" : subject;
  }

  String id() {
    String id = claims.getJWTID();
    return id == null ? "" : id;
  }

  /** The id of its key; empty if the token does not say. */
  String keyId() {
    String id = token.getHeader().getKeyID();
    return id == null ? "" : id;
  }

  Set<String> audiences() {
    List<String> audiences = claims.getAudience();
    return audiences == null ? Set.of() : Set.copyOf(audiences);
  }

  /** All claims. */
  JsonNode claims() throws BadTokenException {
    try {
      return Json.mapper().readTree(token.getPayload().toBytes());
    } catch (JacksonException e) {
      throw new BadTokenException("claims that are no JSON");
    }
  }

  /** A claim that is a text; empty if it is absent or something else. */
  String text(String claim) {
    return claims.getClaim(claim) instanceof String text ? text : "";
  }

  /** A claim that is a text or a list of texts. */
  List<String> texts(String claim) {
    return switch (claims.getClaim(claim)) {
      case String text -> List.of(text);
      case List<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }

  /** A claim that is an object. */
  Optional<Map<?, ?>> object(String claim) {
    return claims.getClaim(claim) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
  }

  boolean signedBy(Key key) {
    try {
      return token.verify(
          new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), key));
    } catch (JOSEException | IllegalStateException e) {
      return false; // a key of another kind than the algorithm wants
    }
  }

  /**
   * The time at which it ends.
   *
   * @param skew how far clocks may differ
   * @throws BadTokenException if it has ended, has not begun, or never ends
   */
  Instant requireInTime(Instant now, Duration skew) throws BadTokenException {
    Instant expires = instant(claims.getExpirationTime());
    if (expires == null) {
      throw new BadTokenException("never expires");
    }
    if (!now.isBefore(expires.plus(skew))) {
      throw new BadTokenException("expired");
    }
    Instant begins = instant(claims.getNotBeforeTime());
    if (begins != null && now.plus(skew).isBefore(begins)) {
      throw new BadTokenException("not yet valid");
    }
    return expires.plus(skew);
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
