package dev.argosy.server.answer;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** For people: what another writer wrote as JSON, indented or as YAML. Events stay lines. */
final class ReadableWriter implements ObjectWriter {

  private final JsonWriter compact;
  private final Format format;

  ReadableWriter(JsonWriter compact, Format format) {
    this.compact = compact;
    this.format = format;
  }

  @Override
  public void object(ApiObject object, OutputStream out) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    compact.object(object, json);
    out.write(TextDocument.encode(Json.parse(json.toByteArray()), format));
  }

  @Override
  public void list(ListMeta meta, List<ApiObject> items, OutputStream out) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    compact.list(meta, items, json);
    out.write(TextDocument.encode(Json.parse(json.toByteArray()), format));
  }

  @Override
  public String streamType() {
    return compact.streamType();
  }

  @Override
  public boolean text() {
    return true;
  }

  @Override
  public void event(String type, ApiObject object, OutputStream out) throws IOException {
    compact.event(type, object, out);
  }

  @Override
  public void bookmark(long revision, boolean initialEventsEnd, OutputStream out)
      throws IOException {
    compact.bookmark(revision, initialEventsEnd, out);
  }

  @Override
  public void failure(Status status, OutputStream out) throws IOException {
    compact.failure(status, out);
  }
}
