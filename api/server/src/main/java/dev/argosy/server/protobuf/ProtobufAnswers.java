package dev.argosy.server.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.StructType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes objects of the kinds of Kubernetes. Equal objects give equal bytes. Any thread may call.
 */
public final class ProtobufAnswers {

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final String META = "meta/v1";

  private record Kind(String apiVersion, String name) {}

  private final FieldTable fields;
  private final MessageTypes types = new MessageTypes();
  private final MessageWriters writers;
  private final Map<Kind, Optional<MessageWriter>> kinds = new ConcurrentHashMap<>();

  public ProtobufAnswers(FieldTable fields) {
    this.fields = fields;
    this.writers = new MessageWriters(fields);
  }

  /** Whether there is a message for that kind. */
  public boolean knows(String apiVersion, String kind) {
    return writer(apiVersion, kind).isPresent();
  }

  /**
   * The message of an object, without an envelope.
   *
   * @throws IllegalArgumentException if {@link #knows} says no
   */
  public byte[] message(String apiVersion, String kind, ObjectNode object) {
    MessageWriter writer =
        writer(apiVersion, kind)
            .orElseThrow(() -> new IllegalArgumentException("no message for " + kind));
    BackwardBuffer out = new BackwardBuffer(1024);
    writer.fields(object, out);
    return out.toArray();
  }

  /** The message of {@code PartialObjectMetadata}, whatever kind the metadata is of. */
  public byte[] metadataMessage(ObjectNode metadata) {
    byte[] meta = message("v1", "ObjectMeta", metadata);
    BackwardBuffer out = new BackwardBuffer(meta.length + 8);
    out.field(1, meta);
    return out.toArray();
  }

  /** The same of list metadata, as a message of its own. */
  public byte[] listMetadata(ObjectNode metadata) {
    return message("v1", "ListMeta", metadata);
  }

  /** A whole answer: a message with all that stands around it. */
  public byte[] document(String apiVersion, String kind, ObjectNode object) {
    byte[] message = message(apiVersion, kind, object);
    byte[] opening = opening(apiVersion, kind, message.length);
    byte[] closing = closing();
    byte[] all = new byte[opening.length + message.length + closing.length];
    System.arraycopy(opening, 0, all, 0, opening.length);
    System.arraycopy(message, 0, all, opening.length, message.length);
    System.arraycopy(closing, 0, all, opening.length + message.length, closing.length);
    return all;
  }

  /** What stands before a message of that length: magic, kind, and the tag of the message. */
  public static byte[] opening(String apiVersion, String kind, int length) {
    BackwardBuffer out = new BackwardBuffer(128);
    out.varint(length);
    out.tag(Envelope.RAW, BackwardBuffer.DELIMITED);
    int before = out.size();
    out.field(2, kind);
    out.field(1, apiVersion);
    out.close(Envelope.TYPE_META, before);
    byte[] type = out.toArray();
    byte[] opening = new byte[MAGIC.length + type.length];
    System.arraycopy(MAGIC, 0, opening, 0, MAGIC.length);
    System.arraycopy(type, 0, opening, MAGIC.length, type.length);
    return opening;
  }

  /** What stands behind it: no encoding, no type of content. */
  public static byte[] closing() {
    BackwardBuffer out = new BackwardBuffer(4);
    out.field(Envelope.CONTENT_TYPE, "");
    out.field(Envelope.CONTENT_ENCODING, "");
    return out.toArray();
  }

  /** Tag and length of a part of a message. */
  public static byte[] partOpening(int field, int length) {
    BackwardBuffer out = new BackwardBuffer(16);
    out.varint(length);
    out.tag(field, BackwardBuffer.DELIMITED);
    return out.toArray();
  }

  private Optional<MessageWriter> writer(String apiVersion, String kind) {
    return kinds.computeIfAbsent(new Kind(apiVersion, kind), this::make);
  }

  private Optional<MessageWriter> make(Kind kind) {
    Optional<Descriptor> message = types.find(kind.apiVersion, kind.name);
    Optional<StructType> type =
        fields.find(kind.apiVersion, kind.name).or(() -> fields.find(META, kind.name));
    return message.isPresent() && type.isPresent()
        ? Optional.of(writers.of(message.get(), type.get()))
        : Optional.empty();
  }
}
