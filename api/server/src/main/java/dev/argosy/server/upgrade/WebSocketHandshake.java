package dev.argosy.server.upgrade;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketHandshake() {}

  public static boolean wanted(HttpServletRequest request) {
    return Upgrade.wanted(request, "websocket");
  }

  /** The subprotocols that the client offers, in its order. */
  public static List<String> offered(HttpServletRequest request) {
    return Upgrade.entries(request, "Sec-WebSocket-Protocol");
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
      response.setHeader("Sec-WebSocket-Protocol", subprotocol);
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
