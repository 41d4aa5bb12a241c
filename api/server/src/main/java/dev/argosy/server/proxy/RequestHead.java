package dev.argosy.server.proxy;

import dev.argosy.server.upgrade.Upgrade;
import dev.argosy.server.upgrade.WebSocketHandshake;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The beginning of a request as the backend gets it: the client's, without what is meant for this
 * server alone, and with a note of where it came from.
 */
final class RequestHead {

  /** About one connection only (RFC 9110, section 7.6.1), or said anew here. */
  private static final Set<String> HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "content-length",
          "host",
          "x-forwarded-for",
          "x-forwarded-uri");

  private static final String PROTOCOLS = "sec-websocket-protocol";

  private final HttpServletRequest request;
  private final ProxyPath path;
  private final StringBuilder text = new StringBuilder();

  RequestHead(HttpServletRequest request, ProxyPath path) {
    this.request = request;
    this.path = path;
  }

  /**
   * A request that is answered once.
   *
   * @param length of the body; empty for none, {@code chunked} if it is not known
   */
  byte[] plain(String length) {
    begin();
    text.append("Connection: close\r\n");
    if (length.equals(Upload.CHUNKED)) {
      header("Transfer-Encoding", length);
    } else if (!length.isEmpty()) {
      header("Content-Length", length);
    }
    return end();
  }

  /** A request to leave HTTP. */
  byte[] upgrade() {
    begin();
    header("Connection", "Upgrade");
    header("Upgrade", String.join(", ", Upgrade.entries(request, "Upgrade")));
    return end();
  }

  private void begin() {
    String query = request.getQueryString();
    text.append(request.getMethod()).append(' ').append(path.target());
    if (query != null) {
      text.append('?').append(query);
    }
    text.append(" HTTP/1.1\r\n");
    String host = request.getHeader("Host");
    header("Host", host == null ? request.getServerName() + ":" + request.getServerPort() : host);
    Set<String> hop = new TreeSet<>(HOP);
    Upgrade.entries(request, "Connection").forEach(one -> hop.add(one.toLowerCase(Locale.ROOT)));
    for (String name : Collections.list(request.getHeaderNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!hop.contains(lower) && !credential(lower)) {
        copy(name, lower);
      }
    }
    List<String> forwarded =
        new ArrayList<>(Collections.list(request.getHeaders("X-Forwarded-For")));
    forwarded.add(request.getRemoteAddr());
    header("X-Forwarded-For", String.join(", ", forwarded));
    header("X-Forwarded-Uri", path.whole());
  }

  /** What lets the client in here must not let the backend in. */
  private static boolean credential(String name) {
    return name.equals("authorization")
        || name.startsWith("impersonate-")
        || name.startsWith("x-remote-");
  }

  private void copy(String name, String lower) {
    if (lower.equals(PROTOCOLS)) {
      List<String> protocols = WebSocketHandshake.offered(request);
      if (!protocols.isEmpty()) {
        header(name, String.join(", ", protocols));
      }
      return;
    }
    Collections.list(request.getHeaders(name)).forEach(value -> header(name, value));
  }

  private void header(String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private byte[] end() {
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
