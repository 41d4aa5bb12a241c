package dev.argosy.server.dispatch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.server.answer.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the events of one watch, each as one line of JSON. */
final class WatchLines {

  private static final byte[] OBJECT = "\",\"object\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TYPE = "{\"type\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "}\n".getBytes(StandardCharsets.UTF_8);

  private final ObjectWriter writer;
  private final boolean allClusters;
  private boolean first = true;

  WatchLines(ObjectWriter writer, boolean allClusters) {
    this.writer = writer;
    this.allClusters = allClusters;
  }

  void write(WatchEvent event, OutputStream out) throws IOException {
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
