package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads service-account tokens. */
final class ServiceAccountTokens {

  private static final Duration SKEW = Duration.ofSeconds(10);

  private final TokenKeys keys;

  ServiceAccountTokens(TokenKeys keys) {
    this.keys = keys;
  }

  TokenClaims read(Jwt token, String cluster, Instant now) throws BadTokenException {
    if (!keys.signed(token)) {
      throw new BadTokenException("service-account token with a signature that is not ours");
    }
    Instant expires = token.requireInTime(now, SKEW);
    Map<?, ?> claims =
        token
            .object("kubernetes.io")
            .orElseThrow(() -> new BadTokenException("no kubernetes.io claim"));
    if (!text(claims, "cluster").equals(cluster)) {
      throw new BadTokenException("issuer and cluster do not agree");
    }
    String namespace = text(claims, "namespace");
    Ref account = ref(claims, "serviceaccount");
    if (!token.subject().equals(ServiceAccountNames.user(namespace, account.name))) {
      throw new BadTokenException("subject and service account do not agree");
    }
    List<TokenClaims.Bound> bound = new ArrayList<>();
    bound.add(
        new TokenClaims.Bound.ByUid(
            ServiceAccountNames.key(cluster, namespace, account.name), account.uid));
    bind(bound, claims, cluster, namespace);
    return new TokenClaims(
        user(token, claims, cluster, namespace, account), token.audiences(), expires, bound);
  }

  private static void bind(
      List<TokenClaims.Bound> bound, Map<?, ?> claims, String cluster, String namespace)
      throws BadTokenException {
    if (claims.containsKey("pod")) {
      Ref pod = ref(claims, "pod");
      ObjectKey key = new ObjectKey(ServiceAccountNames.PODS, cluster, namespace, pod.name);
      bound.add(new TokenClaims.Bound.ByUid(key, pod.uid));
    } else if (claims.containsKey("secret")) {
      Ref secret = ref(claims, "secret");
      ObjectKey key = new ObjectKey(ServiceAccountNames.SECRETS, cluster, namespace, secret.name);
      bound.add(new TokenClaims.Bound.ByUid(key, secret.uid));
    } else if (claims.containsKey("node")) {
      Ref node = ref(claims, "node");
      ObjectKey key =
          new ObjectKey(ServiceAccountNames.NODES, ClusterDirectory.ROOT, "", node.name);
      bound.add(new TokenClaims.Bound.ByUid(key, node.uid));
    }
  }

  private static UserInfo user(
      Jwt token, Map<?, ?> claims, String cluster, String namespace, Ref account)
      throws BadTokenException {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    if (!token.id().isEmpty()) {
      extra.put("authentication.kubernetes.io/credential-id", List.of("JTI=" + token.id()));
    }
    for (String kind : List.of("pod", "node")) {
      if (claims.containsKey(kind)) {
        Ref ref = ref(claims, kind);
        extra.put("authentication.kubernetes.io/" + kind + "-name", List.of(ref.name));
        if (!ref.uid.isEmpty()) {
          extra.put("authentication.kubernetes.io/" + kind + "-uid", List.of(ref.uid));
        }
      }
    }
    UserInfo user =
        new UserInfo(
            ServiceAccountNames.user(namespace, account.name),
            account.uid,
            ServiceAccountNames.groups(namespace),
            extra);
    return ClusterScope.confine(user, cluster);
  }

  /** A name with its uid, as the claims hold it. */
  private record Ref(String name, String uid) {}

  private static Ref ref(Map<?, ?> claims, String kind) throws BadTokenException {
    Optional<Ref> ref =
        claims.get(kind) instanceof Map<?, ?> map
            ? Optional.of(new Ref(text(map, "name"), text(map, "uid")))
            : Optional.empty();
    return ref.filter(r -> !r.name.isEmpty())
        .orElseThrow(() -> new BadTokenException("incomplete claim " + kind));
  }

  private static String text(Map<?, ?> map, String member) {
    return map.get(member) instanceof String text ? text : "";
  }
}
