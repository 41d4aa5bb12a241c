package dev.argosy.server.relay;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Headers of a connection, not of the message: no relay passes them on. */
public final class HopHeaders {

  /** RFC 9110, section 7.6.1, and what frames and addresses a message, which is said anew. */
  private static final Set<String> KEYS =
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

  private HopHeaders() {}

  /** The client's headers without them. */
  public static List<Header> without(HttpServletRequest request) {
    List<Header> headers = new ArrayList<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      Collections.list(request.getHeaders(name))
          .forEach(value -> headers.add(new Header(name, value)));
    }
    return without(headers, Collections.list(request.getHeaders("Connection")));
  }

  /** A server's headers without them. */
  public static List<Header> without(ReplyHead reply) {
    return without(reply.headers(), reply.all("Connection"));
  }

  private static List<Header> without(List<Header> headers, List<String> connection) {
    Set<String> named = new HashSet<>();
    for (String line : connection) {
      for (String name : line.split(",")) {
        named.add(Header.key(name.strip()));
      }
    }
    Predicate<Header> passes =
        header -> !KEYS.contains(header.key()) && !named.contains(header.key());
    return headers.stream().filter(passes).toList();
  }
}
