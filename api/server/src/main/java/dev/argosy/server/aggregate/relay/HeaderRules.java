package dev.argosy.server.aggregate.relay;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers pass. */
final class HeaderRules {

  /** Of the connection, not of the message (RFC 9110, section 7.6.1), and those of framing. */
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

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

  /** Names, as {@link Header#key}, that a {@code Connection} header takes away. */
  static Set<String> named(Iterable<String> connectionHeaders) {
    Set<String> names = new HashSet<>();
    for (String line : connectionHeaders) {
      for (String name : line.split(",")) {
        names.add(Header.key(name.strip().toLowerCase(Locale.ROOT)));
      }
    }
    return names;
  }

  static boolean sent(String key) {
    return !OF_CONNECTION.contains(key)
        && !NOT_SENT.contains(key)
        && NOT_SENT_BEGINNINGS.stream().noneMatch(key::startsWith);
  }

  static boolean returned(String key) {
    return !OF_CONNECTION.contains(key)
        && !NOT_RETURNED.contains(key)
        && !key.startsWith("access-control-");
  }
}
