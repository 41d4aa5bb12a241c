package dev.argosy.server.dispatch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.server.answer.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;

/** Hands the events of one watch to its writer. */
record WatchEvents(ObjectWriter writer) {

  void write(WatchEvent event, OutputStream out) throws IOException {
    switch (event) {
      case WatchEvent.Added(ApiObject object) -> writer.event("ADDED", object, out);
      case WatchEvent.Modified(ApiObject object) -> writer.event("MODIFIED", object, out);
      case WatchEvent.Deleted(ApiObject object) -> writer.event("DELETED", object, out);
      case WatchEvent.Bookmark(long revision, boolean end) -> writer.bookmark(revision, end, out);
      case WatchEvent.Failed(Status status) -> writer.failure(status, out);
    }
  }
}
