package dev.argosy.server.answer;

import dev.argosy.model.object.ApiObject;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.node.ObjectNode;

/** What JSON tells of objects: all, their metadata, or a row of a table. */
interface JsonShape {

  /** An object by itself. */
  void object(ApiObject object, OutputStream out) throws IOException;

  /** A list up to its first item; the items' array and the list are then closed by {@code ]}}. */
  void openList(ListMeta meta, OutputStream out) throws IOException;

  /** An object as an item of a list. */
  void item(ApiObject object, OutputStream out) throws IOException;

  /** An object as an event has it. */
  default void eventObject(ApiObject object, OutputStream out) throws IOException {
    object(object, out);
  }

  /**
   * The object of a bookmark.
   *
   * @param metadata with resourceVersion and perhaps an annotation
   */
  ObjectNode bookmark(ObjectNode metadata);
}
