package dev.argosy.server.stream;

import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.upgrade.WebSocketConnection;
import dev.argosy.server.upgrade.WebSocketHandshake;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How a WebSocket carries the channels of a command: each message begins with its channel's number.
 *
 * @param subprotocol its name; empty when the client named none
 * @param base64 whether messages are text: a digit and base64
 * @param statusAsJson whether the outcome is a {@code Status}, or its text alone
 */
record CommandDialect(String subprotocol, boolean base64, boolean statusAsJson) {

  private static final List<CommandDialect> ALL =
      List.of(
          new CommandDialect("v5.channel.k8s.io", false, true),
          new CommandDialect("v4.channel.k8s.io", false, true),
          new CommandDialect("v4.base64.channel.k8s.io", true, true),
          new CommandDialect("channel.k8s.io", false, false),
          new CommandDialect("base64.channel.k8s.io", true, false));

  private static final CommandDialect UNNAMED = new CommandDialect("", false, false);

  /** The best that the client offers. */
  static CommandDialect choose(HttpServletRequest request) {
    List<String> offered = WebSocketHandshake.offered(request);
    if (offered.isEmpty()) {
      return UNNAMED;
    }
    return ALL.stream()
        .filter(dialect -> offered.contains(dialect.subprotocol))
        .findFirst()
        .orElseThrow(() ->
            new StatusException(
                Status.badRequest(
                    "unable to negotiate protocol: client supports "
                        + offered
                        + ", server accepts "
                        + ALL.stream().map(CommandDialect::subprotocol).toList())));
  }

  void send(WebSocketConnection socket, int channel, byte[] payload) throws IOException {
    if (base64) {
      socket.sendText((char) ('0' + channel) + Base64.getEncoder().encodeToString(payload));
      return;
    }
    byte[] message = new byte[payload.length + 1];
    message[0] = (byte) channel;
    System.arraycopy(payload, 0, message, 1, payload.length);
    socket.sendBinary(message);
  }

  /** The channel of a message; nothing if it is empty. */
  Optional<Integer> channel(byte[] message) {
    if (message.length == 0) {
      return Optional.empty();
    }
    return Optional.of(base64 ? message[0] - '0' : message[0] & 0xff);
  }

  byte[] payload(byte[] message) throws IOException {
    byte[] rest = Arrays.copyOfRange(message, 1, message.length);
    try {
      return base64 ? Base64.getDecoder().decode(rest) : rest;
    } catch (IllegalArgumentException e) {
      throw new IOException("a message that is no base64", e);
    }
  }
}
