package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.ObjectLookup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Join tokens: {@code ID.SECRET}, kept as Secrets of type {@code bootstrap.kubernetes.io/token} in
 * root's {@code kube-system}. Read anew on every use, for they are rare and can be revoked. Nodes
 * belong to the platform, so such a Secret in a tenant's cluster is a Secret and nothing else.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/">Kubernetes:
 *     Bootstrap Tokens</a>
 */
final class BootstrapTokens {

  private static final Pattern FORM = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
  private static final String TYPE = "bootstrap.kubernetes.io/token";
  private static final String GROUP = "system:bootstrappers";
  private static final Pattern EXTRA_GROUP =
      Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");

  private final ObjectLookup objects;
  private final Clock clock;

  BootstrapTokens(ObjectLookup objects, Clock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  static boolean looksLike(String token) {
    return FORM.matcher(token).matches();
  }

  UserInfo check(String token) throws BadTokenException {
    Matcher parts = FORM.matcher(token);
    if (!parts.matches()) {
      throw new BadTokenException("not a bootstrap token");
    }
    String id = parts.group(1);
    ObjectKey key =
        new ObjectKey(
            ServiceAccountNames.SECRETS,
            ClusterDirectory.ROOT,
            "kube-system",
            "bootstrap-token-" + id);
    ApiObject secret =
        objects.find(key).orElseThrow(() -> new BadTokenException("unknown bootstrap token"));
    ObjectNode tree = secret.tree();
    if (secret.meta().deleting()
        || !tree.path("type").asString("").equals(TYPE)
        || !data(tree, "token-id").equals(id)
        || !same(data(tree, "token-secret"), parts.group(2))
        || !data(tree, "usage-bootstrap-authentication").equals("true")
        || expired(data(tree, "expiration"))) {
      throw new BadTokenException("bootstrap token that is wrong or over");
    }
    return user(id, data(tree, "auth-extra-groups"));
  }

  /** A token with a group that is none is no token, as in Kubernetes. */
  private static UserInfo user(String id, String extraGroups) throws BadTokenException {
    List<String> groups = new ArrayList<>(List.of(GROUP));
    for (String group : extraGroups.isEmpty() ? new String[0] : extraGroups.split(",")) {
      if (!EXTRA_GROUP.matcher(group).matches()) {
        throw new BadTokenException("bootstrap token with a bad group");
      }
      groups.add(group);
    }
    groups.add(UserInfo.AUTHENTICATED);
    return ClusterScope.confine(
        new UserInfo("system:bootstrap:" + id, "", groups, Map.of()), ClusterDirectory.ROOT);
  }

  private boolean expired(String time) {
    try {
      return !time.isEmpty() && !clock.instant().isBefore(Instant.parse(time));
    } catch (DateTimeParseException e) {
      return true;
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String data(ObjectNode secret, String key) {
    try {
      byte[] value = Base64.getDecoder().decode(secret.path("data").path(key).asString(""));
      return new String(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
