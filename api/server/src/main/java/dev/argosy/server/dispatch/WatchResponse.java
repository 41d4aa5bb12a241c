package dev.argosy.server.dispatch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.server.answer.ObjectWriter;
import dev.argosy.server.watch.WatchFeed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a watch as lines of JSON, as long as it lasts; flushes when there is nothing to add. */
final class WatchResponse {

  private static final byte[] OBJECT = "\",\"object\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TYPE = "{\"type\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "}\n".getBytes(StandardCharsets.UTF_8);

  private final HttpServletResponse response;
  private final ObjectWriter writer;
  private final boolean allClusters;
  private boolean first = true;

  WatchResponse(HttpServletResponse response, ObjectWriter writer, boolean allClusters) {
    this.response = response;
    this.writer = writer;
    this.allClusters = allClusters;
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
          write(event, out);
        }
        out.flush();
        events = feed.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(WatchEvent event, OutputStream out) throws IOException {
    switch (event) {
      case WatchEvent.Added(ApiObject object) -> object("ADDED", object, out);
      case WatchEvent.Modified(ApiObject object) -> object("MODIFIED", object, out);
      case WatchEvent.Deleted(ApiObject object) -> object("DELETED", object, out);
      case WatchEvent.Bookmark(long revision, boolean end) ->
          bytes("BOOKMARK", writer.bookmarkObject(revision, end), out);
      case WatchEvent.Failed(Status status) ->
          bytes("ERROR", Json.mapper().writeValueAsBytes(status.toJson()), out);
    }
  }

  private void object(String type, ApiObject object, OutputStream out) throws IOException {
    open(type, out);
    writer.eventObject(object, first, allClusters, out);
    out.write(END);
    first = false;
  }

  private static void bytes(String type, byte[] object, OutputStream out) throws IOException {
    open(type, out);
    out.write(object);
    out.write(END);
  }

  private static void open(String type, OutputStream out) throws IOException {
    out.write(TYPE);
    out.write(type.getBytes(StandardCharsets.US_ASCII));
    out.write(OBJECT);
  }
}
