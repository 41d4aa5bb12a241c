package dev.argosy.server.dispatch;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.EmergencyMark;
import dev.argosy.server.access.TokenMark;
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
  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String UNAUTHENTICATED = "system:unauthenticated";
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
      requireNothing(groups, uid, extra);
      return;
    }
    Map<String, String> marks = new LinkedHashMap<>(requireUser(exchange, name));
    groups.forEach(group -> marks.putAll(require(exchange, "", "groups", "", "", group)));
    extra.forEach((key, values) ->
        values.forEach(value ->
            marks.putAll(require(exchange, AUTHENTICATION, "userextras", key, "", value))));
    if (!uid.isEmpty()) {
      marks.putAll(require(exchange, AUTHENTICATION, "uids", "", "", uid));
    }
    UserInfo user = new UserInfo(name, uid, completed(name, groups), extra);
    UserInfo confined = ClusterScope.confine(user, exchange.cluster());
    exchange.actingAs(EmergencyMark.put(TokenMark.carry(exchange.user(), confined), marks));
  }

  /** Groups and the like are somebody's. The list has Kubernetes' form: one reference each. */
  private static void requireNothing(
      List<String> groups, String uid, Map<String, List<String>> extra) {
    List<String> asked = new ArrayList<>();
    groups.forEach(group -> asked.add("{Group  " + group + "    }"));
    extra.forEach((key, values) ->
        values.forEach(value ->
            asked.add("{UserExtra  " + value + "  " + AUTHENTICATION + "/v1  " + key + "}")));
    if (!uid.isEmpty()) {
      asked.add("{UID  " + uid + "  " + AUTHENTICATION + "/v1  }");
    }
    if (!asked.isEmpty()) {
      throw Status.badRequest(
              "requested [" + String.join(" ", asked) + "] without impersonating a user")
          .asException();
    }
  }

  private Map<String, String> requireUser(Exchange exchange, String name) {
    String[] account = name.split(":", -1);
    return name.startsWith(SERVICE_ACCOUNT) && account.length == 4
        ? require(exchange, "", "serviceaccounts", "", account[2], account[3])
        : require(exchange, "", "users", "", "", name);
  }

  /** Answers what marks everything that is done by that right. */
  private Map<String, String> require(
      Exchange exchange,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name) {
    return gate.authorizeActing(
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
            ""),
        exchange.audit());
  }

  /** The groups that an authenticator would have given to such a user. */
  private static List<String> completed(String name, List<String> groups) {
    List<String> all = new ArrayList<>(groups);
    String[] account = name.split(":", -1);
    if (name.startsWith(SERVICE_ACCOUNT) && account.length == 4 && groups.isEmpty()) {
      all.add("system:serviceaccounts");
      all.add("system:serviceaccounts:" + account[2]);
    }
    if (name.equals("system:anonymous")) {
      if (!all.contains(UNAUTHENTICATED)) {
        all.add(UNAUTHENTICATED);
      }
    } else if (!all.contains(UserInfo.AUTHENTICATED) && !all.contains(UNAUTHENTICATED)) {
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
      return key; // kept as it came rather than lost
    }
  }
}
