package dev.argosy.server.authn;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import dev.argosy.model.object.Json;
import dev.argosy.server.authn.claims.TrustedIssuer;
import java.io.IOException;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The signing keys of one identity provider. Fetched when first needed, again when a token names an
 * unknown key (not more often than every {@link #PATIENCE}, so rotation shows at once and floods of
 * forged tokens do not reach the provider), and again when old. A provider that cannot be reached
 * leaves the keys as they are.
 */
final class IssuerKeys {

  static final Duration PATIENCE = Duration.ofSeconds(2);
  static final Duration MAX_AGE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  private final TrustedIssuer issuer;
  private final IssuerClient client;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Fetched current = new Fetched(List.of(), Instant.MIN);

  private record Key(String id, PublicKey key) {}

  private record Fetched(List<Key> keys, Instant at) {}

  IssuerKeys(TrustedIssuer issuer, IssuerClient client, Clock clock) {
    this.issuer = issuer;
    this.client = client;
    this.clock = clock;
  }

  /** Whether one of the provider's keys signed the token. */
  boolean signed(Jwt token) {
    Fetched known = olderThan(MAX_AGE) ? refresh(MAX_AGE) : current;
    if (names(known, token)) {
      return verifies(known, token);
    }
    Fetched fresh = refresh(PATIENCE);
    return names(fresh, token) && verifies(fresh, token);
  }

  private static boolean names(Fetched fetched, Jwt token) {
    return fetched.keys.stream().anyMatch(key -> matches(key, token));
  }

  private static boolean verifies(Fetched fetched, Jwt token) {
    return fetched.keys.stream().anyMatch(key -> matches(key, token) && token.signedBy(key.key()));
  }

  private static boolean matches(Key key, Jwt token) {
    return token.keyId().isEmpty() || token.keyId().equals(key.id());
  }

  private boolean olderThan(Duration age) {
    Instant at = current.at;
    return at.equals(Instant.MIN) || at.plus(age).isBefore(clock.instant());
  }

  private Fetched refresh(Duration age) {
    fetching.lock();
    try {
      if (olderThan(age)) {
        current = new Fetched(fetch(), clock.instant());
      }
    } catch (IOException | ParseException | JOSEException | JacksonException e) {
      LOG.warn("keys of {} cannot be fetched: {}", issuer.url(), e.toString());
      current = new Fetched(current.keys, clock.instant());
    } finally {
      fetching.unlock();
    }
    return current;
  }

  private List<Key> fetch() throws IOException, ParseException, JOSEException {
    JsonNode discovery = Json.mapper().readTree(client.fetch(issuer.discoveryUrl()));
    if (!discovery.path("issuer").asString("").equals(issuer.url())) {
      throw new IOException("discovery document of another issuer");
    }
    String address = discovery.path("jwks_uri").asString("");
    List<Key> keys = new ArrayList<>();
    for (JWK jwk : JWKSet.parse(client.fetch(address)).getKeys()) {
      boolean signs = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
      if (signs && jwk instanceof AsymmetricJWK asymmetric) {
        String id = jwk.getKeyID() == null ? "" : jwk.getKeyID();
        keys.add(new Key(id, asymmetric.toPublicKey()));
      }
    }
    return List.copyOf(keys);
  }
}
