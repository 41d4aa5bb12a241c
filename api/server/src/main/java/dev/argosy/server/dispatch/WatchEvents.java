package dev.argosy.server.dispatch;

import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.server.answer.ObjectWriter;
import dev.argosy.server.metrics.WatchMetrics;
import dev.argosy.server.watch.WatchFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Hands the events of one watch to its writer.
 *
 * @param begun is told, before every wait, that the client has what was there at the beginning
 */
record WatchEvents(ObjectWriter writer, WatchMetrics.OfResource metrics, Runnable begun) {

  /** The next events; empty when the watch is over. */
  List<WatchEvent> next(WatchFeed feed) throws InterruptedException {
    if (feed.begun()) {
      begun.run();
    }
    return feed.next();
  }

  void write(WatchEvent event, OutputStream out) throws IOException {
    switch (event) {
      case WatchEvent.Added(ApiObject object) -> write("ADDED", object, out);
      case WatchEvent.Modified(ApiObject object) -> write("MODIFIED", object, out);
      case WatchEvent.Deleted(ApiObject object) -> write("DELETED", object, out);
      case WatchEvent.Bookmark(long revision, boolean end) -> writer.bookmark(revision, end, out);
      case WatchEvent.Failed(Status status) -> writer.failure(status, out);
    }
  }

  private void write(String type, ApiObject object, OutputStream out) throws IOException {
    writer.event(type, object, out);
    metrics.sent(object.size());
  }
}
