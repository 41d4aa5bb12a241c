package dev.argosy.server.answer;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.server.protobuf.ProtobufAnswers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Protobuf. The message of an object is made when it is first asked for and kept with the revision;
 * lists and events are put together of such messages. An event is preceded by its length, four
 * bytes with the highest first.
 */
final class ProtobufWriter implements ObjectWriter {

  private static final byte[] CLOSING = ProtobufAnswers.closing();
  private static final int METADATA = 1;
  private static final int ITEMS = 2;
  private static final int EVENT_TYPE = 1;
  private static final int EVENT_OBJECT = 2;
  private static final int RAW = 1;

  private final ProtobufShape shape;
  private final ProtobufAnswers protobuf;

  ProtobufWriter(ProtobufShape shape, ProtobufAnswers protobuf) {
    this.shape = shape;
    this.protobuf = protobuf;
  }

  @Override
  public void object(ApiObject object, OutputStream out) throws IOException {
    byte[] message = shape.message(object);
    out.write(ProtobufAnswers.opening(shape.apiVersion(), shape.kind(), message.length));
    out.write(message);
    out.write(CLOSING);
  }

  @Override
  public void list(ListMeta meta, List<ApiObject> items, OutputStream out) throws IOException {
    byte[] metadata = protobuf.listMetadata(meta.toJson());
    byte[] head = ProtobufAnswers.partOpening(METADATA, metadata.length);
    List<byte[]> parts = new ArrayList<>(items.size() * 2);
    long length = head.length + metadata.length;
    for (ApiObject item : items) {
      byte[] message = shape.message(item);
      byte[] opening = ProtobufAnswers.partOpening(ITEMS, message.length);
      parts.add(opening);
      parts.add(message);
      length += opening.length + message.length;
    }
    out.write(
        ProtobufAnswers.opening(
            shape.apiVersion(), shape.kind() + "List", Math.toIntExact(length)));
    out.write(head);
    out.write(metadata);
    for (byte[] part : parts) {
      out.write(part);
    }
    out.write(CLOSING);
  }

  @Override
  public String streamType() {
    return Format.Encoding.PROTOBUF.mediaType() + ";stream=watch";
  }

  @Override
  public boolean text() {
    return false;
  }

  @Override
  public void event(String type, ApiObject object, OutputStream out) throws IOException {
    event(type, shape.apiVersion(), shape.kind(), shape.message(object), out);
  }

  @Override
  public void bookmark(long revision, boolean initialEventsEnd, OutputStream out)
      throws IOException {
    byte[] message =
        protobuf.metadataMessage(JsonWriter.bookmarkMetadata(revision, initialEventsEnd));
    event("BOOKMARK", shape.apiVersion(), shape.kind(), message, out);
  }

  @Override
  public void failure(Status status, OutputStream out) throws IOException {
    byte[] message = protobuf.message("v1", "Status", status.toJson());
    event("ERROR", "v1", "Status", message, out);
  }

  private static void event(
      String type, String apiVersion, String kind, byte[] message, OutputStream out)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    byte[] nameOpening = ProtobufAnswers.partOpening(EVENT_TYPE, name.length);
    byte[] opening = ProtobufAnswers.opening(apiVersion, kind, message.length);
    int inner = opening.length + message.length + CLOSING.length;
    byte[] rawOpening = ProtobufAnswers.partOpening(RAW, inner);
    byte[] objectOpening = ProtobufAnswers.partOpening(EVENT_OBJECT, rawOpening.length + inner);
    int length =
        nameOpening.length + name.length + objectOpening.length + rawOpening.length + inner;
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    out.write(nameOpening);
    out.write(name);
    out.write(objectOpening);
    out.write(rawOpening);
    out.write(opening);
    out.write(message);
    out.write(CLOSING);
  }

  /** The document of a tree that says its own kind. */
  static byte[] document(ProtobufAnswers protobuf, tools.jackson.databind.node.ObjectNode tree) {
    return protobuf.document(
        tree.path("apiVersion").asString(""), tree.path("kind").asString(""), tree);
  }
}
