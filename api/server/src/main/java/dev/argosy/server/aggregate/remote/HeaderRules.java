package dev.argosy.server.aggregate.remote;

import java.util.List;
import java.util.Set;

/** Which headers pass; by {@link dev.argosy.server.relay.Header#key}. */
final class HeaderRules {

  /**
   * Credentials, which are for this server alone (a browser sends the console's cookies to all
   * ports), and names that only this server may give.
   */
  private static final Set<String> NOT_SENT =
      Set.of("authorization", "cookie", "cookie2", "audit-id", "forwarded", "x-real-ip");

  private static final List<String> NOT_SENT_BEGINNINGS =
      List.of("x-remote-", "impersonate-", "x-forwarded-");

  /** What a browser would obey as if the whole platform had said it; and what the front says. */
  private static final Set<String> NOT_RETURNED =
      Set.of(
          "alt-svc",
          "audit-id",
          "clear-site-data",
          "content-security-policy",
          "date",
          "public-key-pins",
          "refresh",
          "server",
          "service-worker-allowed",
          "set-cookie",
          "set-cookie2",
          "sourcemap",
          "strict-transport-security",
          "www-authenticate",
          "x-content-type-options");

  private HeaderRules() {}

  static boolean sent(String key) {
    return !NOT_SENT.contains(key) && NOT_SENT_BEGINNINGS.stream().noneMatch(key::startsWith);
  }

  static boolean returned(String key) {
    return !NOT_RETURNED.contains(key) && !key.startsWith("access-control-");
  }
}
