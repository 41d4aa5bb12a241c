package dev.argosy.server.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Decodes protobuf bodies of all kinds of Kubernetes whose fields are known. */
public final class ProtobufBodies {

  /** The media type of such bodies. */
  public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private final FieldTable fields;
  private final MessageTypes types = new MessageTypes();

  public ProtobufBodies(FieldTable fields) {
    this.fields = fields;
  }

  /**
   * The tree of a body, with apiVersion and kind; values that were not sent are left out as far as
   * the format tells them apart from empty ones.
   *
   * @throws StatusException BadRequest if the body is malformed or of an unknown kind
   */
  public ObjectNode decode(byte[] body) {
    try {
      requireMagic(body);
      return decode(Envelope.parse(body, MAGIC.length));
    } catch (IOException | JacksonException e) {
      throw refused("the body is no valid protobuf message");
    }
  }

  private static void requireMagic(byte[] body) {
    boolean marked = body.length >= MAGIC.length;
    for (int i = 0; marked && i < MAGIC.length; i++) {
      marked = body[i] == MAGIC[i];
    }
    if (!marked) {
      throw refused(
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    }
  }

  private ObjectNode decode(Envelope envelope) throws IOException {
    if (!envelope.contentEncoding().isEmpty()) {
      throw refused("content encoding " + envelope.contentEncoding() + " is not supported");
    }
    if (envelope.contentType().equals("application/json")) {
      if (Json.mapper().readTree(envelope.raw().toByteArray()) instanceof ObjectNode object) {
        return object;
      }
      throw refused("the body is no JSON object");
    }
    String apiVersion = envelope.apiVersion();
    String kind = envelope.kind();
    Optional<Descriptor> descriptor = types.find(apiVersion, kind);
    Optional<StructType> struct =
        fields.find(apiVersion, kind).or(() -> fields.find("meta/v1", kind));
    if (descriptor.isEmpty() || struct.isEmpty()) {
      throw refused(
          "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\" in protobuf");
    }
    ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    DynamicMessage message = DynamicMessage.parseFrom(descriptor.get(), envelope.raw());
    new MessageTree(fields, new FieldNames(fields)).into(object, message, struct.get());
    return object;
  }

  private static StatusException refused(String why) {
    return new StatusException(Status.badRequest(why));
  }
}
