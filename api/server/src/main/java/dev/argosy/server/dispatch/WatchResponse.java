package dev.argosy.server.dispatch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.server.watch.WatchFeed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Sends a watch as lines of JSON, as long as it lasts; flushes when there is nothing to add. */
final class WatchResponse {

  private final HttpServletResponse response;
  private final WatchLines lines;

  WatchResponse(HttpServletResponse response, WatchLines lines) {
    this.response = response;
    this.lines = lines;
  }

  void stream(WatchFeed feed) throws IOException {
    response.setStatus(200);
    response.setContentType("application/json");
    response.flushBuffer();
    OutputStream out = response.getOutputStream();
    try {
      List<WatchEvent> events = feed.next();
      while (!events.isEmpty()) {
        for (WatchEvent event : events) {
          lines.write(event, out);
        }
        out.flush();
        events = feed.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
