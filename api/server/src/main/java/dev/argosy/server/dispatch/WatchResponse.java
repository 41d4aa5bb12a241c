package dev.argosy.server.dispatch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.server.watch.WatchFeed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Sends a watch as lines of JSON or as frames of protobuf, as long as it lasts; flushes when there
 * is nothing to add.
 */
final class WatchResponse {

  private final HttpServletResponse response;
  private final WatchEvents events;

  WatchResponse(HttpServletResponse response, WatchEvents events) {
    this.response = response;
    this.events = events;
  }

  void stream(WatchFeed feed) throws IOException {
    response.setStatus(200);
    response.setContentType(events.writer().streamType());
    response.flushBuffer();
    OutputStream out = response.getOutputStream();
    try {
      List<WatchEvent> piece = events.next(feed);
      while (!piece.isEmpty()) {
        for (WatchEvent event : piece) {
          events.write(event, out);
        }
        out.flush();
        piece = events.next(feed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
