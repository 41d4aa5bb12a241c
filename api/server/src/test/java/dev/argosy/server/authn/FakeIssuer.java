package dev.argosy.server.authn;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An identity provider on the loopback address. */
public final class FakeIssuer implements AutoCloseable {

  private final HttpServer server;
  private final Clock clock;
  private volatile RSAKey key = newKey();
  final AtomicInteger fetches = new AtomicInteger();

  public FakeIssuer(Clock clock) throws IOException {
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    answer(
        "/.well-known/openid-configuration",
        () -> "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/keys\"}");
    answer(
        "/keys",
        () -> {
          fetches.incrementAndGet();
          return new JWKSet(key.toPublicJWK()).toString(true);
        });
    server.start();
  }

  private void answer(String path, java.util.function.Supplier<String> document) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = document.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048)
          .keyUse(KeyUse.SIGNATURE)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Signs with a new key from now on and publishes only that. */
  public void rotate() {
    key = newKey();
  }

  public OidcSettings settings() {
    return OidcSettings.of(
        Map.of(
            "argosy.oidc.issuer",
            url(),
            "argosy.oidc.organizations-claim",
            "organization",
            "argosy.oidc.trust-email",
            "true"));
  }

  /** A good token of the user. */
  public String token(String user, String... groups) {
    return token(user, List.of(groups), claims -> claims);
  }

  public String token(
      String user, List<String> groups, UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(key, user, groups, change);
  }

  /** A token that names the published key but is signed with another. */
  public String forged(String user) {
    RSAKey other = newKey();
    RSAKey named = new RSAKey.Builder(other).keyID(key.getKeyID()).build();
    return sign(named, user, List.of(), claims -> claims);
  }

  private String sign(
      RSAKey with, String user, List<String> groups, UnaryOperator<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(url())
            .subject("sub-" + user)
            .audience("argosy-api")
            .claim("preferred_username", user)
            .claim("groups", groups)
            .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))));
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build(),
            change.apply(claims).build());
    try {
      token.sign(new RSASSASigner(with));
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
