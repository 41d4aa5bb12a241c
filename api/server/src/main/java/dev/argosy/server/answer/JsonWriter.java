package dev.argosy.server.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compact JSON; events are lines. */
final class JsonWriter implements ObjectWriter {

  private static final byte[] TYPE = "{\"type\":\"".getBytes(UTF_8);
  private static final byte[] OBJECT = "\",\"object\":".getBytes(UTF_8);
  private static final byte[] LINE_END = "}\n".getBytes(UTF_8);
  private static final byte[] LIST_END = "]}".getBytes(UTF_8);

  private final JsonShape shape;

  JsonWriter(JsonShape shape) {
    this.shape = shape;
  }

  @Override
  public void object(ApiObject object, OutputStream out) throws IOException {
    shape.object(object, out);
  }

  @Override
  public void list(ListMeta meta, List<ApiObject> items, OutputStream out) throws IOException {
    shape.openList(meta, out);
    boolean first = true;
    for (ApiObject item : items) {
      if (!first) {
        out.write(',');
      }
      first = false;
      shape.item(item, out);
    }
    out.write(LIST_END);
  }

  @Override
  public String streamType() {
    return Format.Encoding.JSON.mediaType();
  }

  @Override
  public boolean text() {
    return true;
  }

  @Override
  public void event(String type, ApiObject object, OutputStream out) throws IOException {
    open(type, out);
    shape.eventObject(object, out);
    out.write(LINE_END);
  }

  @Override
  public void bookmark(long revision, boolean initialEventsEnd, OutputStream out)
      throws IOException {
    open("BOOKMARK", out);
    out.write(Splices.bytes(shape.bookmark(bookmarkMetadata(revision, initialEventsEnd))));
    out.write(LINE_END);
  }

  static ObjectNode bookmarkMetadata(long revision, boolean initialEventsEnd) {
    ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(revision));
    if (initialEventsEnd) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return metadata;
  }

  @Override
  public void failure(Status status, OutputStream out) throws IOException {
    open("ERROR", out);
    out.write(Splices.bytes(status.toJson()));
    out.write(LINE_END);
  }

  private static void open(String type, OutputStream out) throws IOException {
    out.write(TYPE);
    out.write(type.getBytes(UTF_8));
    out.write(OBJECT);
  }
}
