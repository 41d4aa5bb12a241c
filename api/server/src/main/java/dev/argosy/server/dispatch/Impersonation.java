package dev.argosy.server.dispatch;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterScope;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Step two: who sends {@code Impersonate-*} headers acts as somebody else, if they may impersonate
 * every user, group and extra that they name.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/">User
 *     impersonation</a>
 */
final class Impersonation {

  private static final String EXTRA = "impersonate-extra-";
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  private final Gate gate;

  Impersonation(Gate gate) {
    this.gate = gate;
  }

  void apply(Exchange exchange) {
    String name = exchange.header("Impersonate-User");
    List<String> groups = headers(exchange, "Impersonate-Group");
    String uid = exchange.header("Impersonate-Uid");
    Map<String, List<String>> extra = extra(exchange);
    if (name.isEmpty()) {
      if (!groups.isEmpty() || !uid.isEmpty() || !extra.isEmpty()) {
        throw Status.badRequest("requested impersonation without impersonating a user")
            .asException();
      }
      return;
    }
    requireUser(exchange, name);
    groups.forEach(group -> require(exchange, "", "groups", "", "", group));
    if (!uid.isEmpty()) {
      require(exchange, "authentication.k8s.io", "uids", "", "", uid);
    }
    extra.forEach((key, values) ->
        values.forEach(
            value -> require(exchange, "authentication.k8s.io", "userextras", key, "", value)));
    UserInfo user = new UserInfo(name, uid, completed(name, groups), extra);
    exchange.actingAs(ClusterScope.confine(user, exchange.cluster()));
  }

  private void requireUser(Exchange exchange, String name) {
    String[] account = name.split(":", -1);
    if (name.startsWith(SERVICE_ACCOUNT) && account.length == 4) {
      require(exchange, "", "serviceaccounts", "", account[2], account[3]);
    } else {
      require(exchange, "", "users", "", "", name);
    }
  }

  private void require(
      Exchange exchange,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name) {
    gate.authorize(
        new Attributes(
            exchange.user(),
            exchange.cluster(),
            "impersonate",
            group,
            "v1",
            resource,
            subresource,
            namespace,
            name,
            ""));
  }

  /** The groups that an authenticator would have given to such a user. */
  private static List<String> completed(String name, List<String> groups) {
    List<String> all = new ArrayList<>(groups);
    if (name.equals("system:anonymous")) {
      all.add("system:unauthenticated");
      return all;
    }
    if (name.startsWith(SERVICE_ACCOUNT) && groups.isEmpty()) {
      all.add("system:serviceaccounts");
      all.add("system:serviceaccounts:" + name.split(":", -1)[2]);
    }
    if (!all.contains(UserInfo.AUTHENTICATED)) {
      all.add(UserInfo.AUTHENTICATED);
    }
    return all;
  }

  private static List<String> headers(Exchange exchange, String name) {
    return Collections.list(exchange.request.getHeaders(name));
  }

  private static Map<String, List<String>> extra(Exchange exchange) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    for (String header : Collections.list(exchange.request.getHeaderNames())) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith(EXTRA)) {
        extra.put(unescaped(lower.substring(EXTRA.length())), headers(exchange, header));
      }
    }
    return extra;
  }

  private static String unescaped(String key) {
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Status.badRequest("invalid escape in header Impersonate-Extra-" + key).asException();
    }
  }
}
