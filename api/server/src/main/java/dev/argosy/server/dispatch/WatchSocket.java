package dev.argosy.server.dispatch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.server.upgrade.WebSocketConnection;
import dev.argosy.server.watch.WatchFeed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Sends a watch over WebSocket, a message for each event, as some clients ask (fabric8 does first
 * of all). One thread sends; another waits for the client's leaving, which ends the feed.
 */
final class WatchSocket {

  private static final String BINARY = "binary.k8s.io";
  private static final String BASE64 = "base64.binary.k8s.io";

  /** How an event becomes a message. */
  enum Framing {
    TEXT,
    BINARY,
    BASE64;

    /**
     * As a subprotocol says that the client offers, else as the events are.
     *
     * @param text whether the events are text
     */
    static Framing of(List<String> offered, boolean text) {
      for (String protocol : offered) {
        if (protocol.equals(WatchSocket.BINARY)) {
          return BINARY;
        }
        if (protocol.equals(WatchSocket.BASE64)) {
          return BASE64;
        }
      }
      return text ? TEXT : BINARY;
    }

    /** What the handshake agrees to: one of those, or the only one that is offered. */
    String subprotocol(List<String> offered) {
      if (this == BASE64) {
        return WatchSocket.BASE64;
      }
      if (this == BINARY && offered.contains(WatchSocket.BINARY)) {
        return WatchSocket.BINARY;
      }
      return offered.size() == 1 ? offered.getFirst() : "";
    }
  }

  private final WebSocketConnection socket;
  private final WatchEvents events;
  private final Framing framing;

  WatchSocket(WebSocketConnection socket, WatchEvents events, Framing framing) {
    this.socket = socket;
    this.events = events;
    this.framing = framing;
  }

  void send(WatchFeed feed) throws IOException {
    try (feed) {
      Thread.ofVirtual().name("watch-client").start(() -> awaitClient(feed));
      List<WatchEvent> piece = events.next(feed);
      while (!piece.isEmpty()) {
        for (WatchEvent event : piece) {
          ByteArrayOutputStream message = new ByteArrayOutputStream();
          events.write(event, message);
          send(message.toByteArray());
        }
        piece = events.next(feed);
      }
      socket.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(byte[] message) throws IOException {
    switch (framing) {
      case TEXT -> socket.sendText(new String(message, StandardCharsets.UTF_8));
      case BINARY -> socket.sendBinary(message);
      case BASE64 -> socket.sendText(Base64.getEncoder().encodeToString(message));
    }
  }

  /** Says nothing of interest, but reading answers its pings. */
  private void awaitClient(WatchFeed feed) {
    try (feed) {
      while (socket.read().isPresent()) {
        continue;
      }
    } catch (IOException e) {
      socket.abort();
    }
  }
}
