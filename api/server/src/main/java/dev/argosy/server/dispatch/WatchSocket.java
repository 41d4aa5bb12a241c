package dev.argosy.server.dispatch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.server.upgrade.WebSocketConnection;
import dev.argosy.server.watch.WatchFeed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends a watch over WebSocket, a text message for each event, as some clients ask (fabric8 does
 * first of all). One thread sends; another waits for the client's leaving, which ends the feed.
 */
final class WatchSocket {

  private final WebSocketConnection socket;
  private final WatchLines lines;

  WatchSocket(WebSocketConnection socket, WatchLines lines) {
    this.socket = socket;
    this.lines = lines;
  }

  void send(WatchFeed feed) throws IOException {
    try (feed) {
      Thread.ofVirtual().name("watch-client").start(() -> awaitClient(feed));
      List<WatchEvent> events = feed.next();
      while (!events.isEmpty()) {
        for (WatchEvent event : events) {
          ByteArrayOutputStream line = new ByteArrayOutputStream();
          lines.write(event, line);
          socket.sendText(line.toString(StandardCharsets.UTF_8));
        }
        events = feed.next();
      }
      socket.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
