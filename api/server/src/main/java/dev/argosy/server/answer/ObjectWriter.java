package dev.argosy.server.answer;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes objects, lists and events in one form, for one answer. Made by {@link AnswerForms};
 * belongs to one thread.
 */
public interface ObjectWriter {

  /** One object. */
  void object(ApiObject object, OutputStream out) throws IOException;

  /** A list. */
  void list(ListMeta meta, List<ApiObject> items, OutputStream out) throws IOException;

  /** The media type of a stream of events. */
  String streamType();

  /** Whether events are text; else they are bytes. */
  boolean text();

  /**
   * An event of a watch, with what separates it from the next one.
   *
   * @param type ADDED, MODIFIED or DELETED
   */
  void event(String type, ApiObject object, OutputStream out) throws IOException;

  /** The event that everything up to a revision has been sent. */
  void bookmark(long revision, boolean initialEventsEnd, OutputStream out) throws IOException;

  /** The event that ends a stream for a reason. */
  void failure(Status status, OutputStream out) throws IOException;
}
