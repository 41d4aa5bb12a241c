package dev.argosy.server.authn;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tokens of service accounts that are kept in a Secret and never expire. They are good as long as
 * the secret holds them.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">Kubernetes:
 *     Managing service accounts</a>
 */
final class LegacyTokens {

  static final String ISSUER = "kubernetes/serviceaccount";

  private static final String CLAIM = "kubernetes.io/serviceaccount/";
  private static final String CLUSTER = "argosy.dev/cluster";

  private final TokenKeys keys;

  LegacyTokens(TokenKeys keys) {
    this.keys = keys;
  }

  /** The token of an account, to be kept in the secret. */
  String make(ApiObject account, String secret) {
    return keys.sign(
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(ServiceAccountNames.user(account.namespace(), account.name()))
            .claim(CLUSTER, account.cluster())
            .claim(CLAIM + "namespace", account.namespace())
            .claim(CLAIM + "secret.name", secret)
            .claim(CLAIM + "service-account.name", account.name())
            .claim(CLAIM + "service-account.uid", account.meta().uid())
            .build());
  }

  TokenClaims read(Jwt token, String hash) throws BadTokenException {
    if (!keys.signed(token)) {
      throw new BadTokenException("service-account token with a signature that is not ours");
    }
    String cluster = claim(token, CLUSTER);
    String namespace = claim(token, CLAIM + "namespace");
    String account = claim(token, CLAIM + "service-account.name");
    String uid = claim(token, CLAIM + "service-account.uid");
    String secret = claim(token, CLAIM + "secret.name");
    if (!token.subject().equals(ServiceAccountNames.user(namespace, account))) {
      throw new BadTokenException("sub claim is invalid");
    }
    UserInfo user =
        new UserInfo(token.subject(), uid, ServiceAccountNames.groups(namespace), Map.of());
    return new TokenClaims(
        ClusterScope.confine(user, cluster),
        Set.of(ServiceAccountNames.API),
        Instant.MAX,
        List.of(
            new TokenClaims.Bound.Copy(
                new ObjectKey(ServiceAccountNames.SECRETS, cluster, namespace, secret), hash),
            new TokenClaims.Bound.ByUid(
                ServiceAccountNames.key(cluster, namespace, account), uid)));
  }

  private static String claim(Jwt token, String name) throws BadTokenException {
    String value = token.text(name);
    if (value.isEmpty()) {
      throw new BadTokenException(name + " claim is missing");
    }
    return value;
  }
}
