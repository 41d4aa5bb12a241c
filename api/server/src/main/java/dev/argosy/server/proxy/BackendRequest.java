package dev.argosy.server.proxy;

import dev.argosy.server.relay.Header;
import dev.argosy.server.relay.HopHeaders;
import dev.argosy.server.relay.RequestHead;
import dev.argosy.server.relay.Upload;
import dev.argosy.server.upgrade.Upgrade;
import dev.argosy.server.upgrade.WebSocketHandshake;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The beginning of a request as the backend gets it: the client's, without what is meant for this
 * server alone, and with a note of where it came from.
 */
final class BackendRequest {

  private static final String PROTOCOLS = "sec-websocket-protocol";
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final HttpServletRequest request;
  private final ProxyPath path;

  BackendRequest(HttpServletRequest request, ProxyPath path) {
    this.request = request;
    this.path = path;
  }

  /** A request that is answered once. */
  RequestHead plain(Upload body) {
    List<Header> headers = headers();
    headers.add(new Header("Connection", "close"));
    headers.addAll(body.framing(request.getMethod()));
    return new RequestHead(request.getMethod(), target(), headers);
  }

  /** A request to leave HTTP. */
  RequestHead upgrade() {
    List<Header> headers = headers();
    headers.add(new Header("Connection", "Upgrade"));
    headers.add(new Header("Upgrade", String.join(", ", Upgrade.entries(request, "Upgrade"))));
    return new RequestHead(request.getMethod(), target(), headers);
  }

  private String target() {
    String query = request.getQueryString();
    String target = path.target() + (query == null ? "" : "?" + query);
    StringBuilder visible = new StringBuilder();
    for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0x20 && b < 0x7f) {
        visible.append((char) b);
      } else {
        visible.append(String.format("%%%02X", b & 0xff));
      }
    }
    return visible.toString();
  }

  private List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    String host = request.getHeader("Host");
    headers.add(
        new Header(
            "Host", host == null ? request.getServerName() + ":" + request.getServerPort() : host));
    for (Header header : HopHeaders.without(request)) {
      if (!forwarded(header.key())
          && !credential(header.key())
          && !header.key().equals(PROTOCOLS)) {
        headers.add(header);
      }
    }
    List<String> protocols = WebSocketHandshake.offered(request);
    if (!protocols.isEmpty()) {
      headers.add(new Header("Sec-WebSocket-Protocol", String.join(", ", protocols)));
    }
    List<String> way = new ArrayList<>(Collections.list(request.getHeaders(FORWARDED_FOR)));
    way.add(request.getRemoteAddr());
    headers.add(new Header(FORWARDED_FOR, String.join(", ", way)));
    headers.add(new Header("X-Forwarded-Uri", path.whole()));
    return headers;
  }

  /** Said anew here. */
  private static boolean forwarded(String key) {
    return key.equals("x-forwarded-for") || key.equals("x-forwarded-uri");
  }

  /** What lets the client in here must not let the backend in. */
  private static boolean credential(String key) {
    return key.equals("authorization")
        || key.startsWith("impersonate-")
        || key.startsWith("x-remote-");
  }
}
