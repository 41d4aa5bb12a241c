package dev.argosy.server.upgrade;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The opening handshake of WebSocket (RFC 6455, section 4.2). */
public final class WebSocketHandshake {

  /** Talks by messages. */
  @FunctionalInterface
  public interface Dialogue {
    void talk(WebSocketConnection connection) throws IOException;
  }

  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String BEARER = "base64url.bearer.authorization.k8s.io.";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketHandshake() {}

  public static boolean wanted(HttpServletRequest request) {
    return Upgrade.wanted(request, "websocket");
  }

  /** The subprotocols that the client offers, in its order; a token among them is none. */
  public static List<String> offered(HttpServletRequest request) {
    return Upgrade.entries(request, PROTOCOLS).stream()
        .filter(protocol -> !protocol.startsWith(BEARER))
        .toList();
  }

  /**
   * The token that stands among the subprotocols, as browsers cannot send it in a header of its
   * own.
   *
   * @throws StatusException Unauthorized if there are several, if it cannot be read, or if no other
   *     subprotocol is offered
   */
  public static Optional<String> bearer(HttpServletRequest request) {
    List<String> tokens =
        Upgrade.entries(request, PROTOCOLS).stream()
            .filter(protocol -> protocol.startsWith(BEARER))
            .toList();
    if (tokens.isEmpty() || !wanted(request)) {
      return Optional.empty();
    }
    if (tokens.size() == 1 && !offered(request).isEmpty()) {
      try {
        byte[] token = Base64.getUrlDecoder().decode(tokens.getFirst().substring(BEARER.length()));
        return Optional.of(new String(token, UTF_8));
      } catch (IllegalArgumentException e) {
        throw unauthorized();
      }
    }
    throw unauthorized();
  }

  private static StatusException unauthorized() {
    return Status.of(Reason.UNAUTHORIZED, "Unauthorized").asException();
  }

  /** The first of ours that the client offers. */
  public static Optional<String> choose(HttpServletRequest request, List<String> ours) {
    List<String> offered = offered(request);
    return ours.stream().filter(offered::contains).findFirst();
  }

  /**
   * Accepts; the dialogue begins once the response is out. The connection is closed after it.
   *
   * @param subprotocol one that the client offers; empty for none
   * @throws StatusException if the client's handshake is not right
   */
  public static void accept(
      HttpServletRequest request,
      HttpServletResponse response,
      String subprotocol,
      Dialogue dialogue)
      throws IOException {
    String key = request.getHeader("Sec-WebSocket-Key");
    if (key == null || !"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      throw new StatusException(
          Status.badRequest("a WebSocket needs Sec-WebSocket-Key and Sec-WebSocket-Version: 13"));
    }
    response.setHeader("Sec-WebSocket-Accept", acceptKey(key.strip()));
    if (!subprotocol.isEmpty()) {
      response.setHeader(PROTOCOLS, subprotocol);
    }
    Upgrade.to("websocket", request, response, raw -> dialogue.talk(new WebSocketConnection(raw)));
  }

  private static String acceptKey(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
