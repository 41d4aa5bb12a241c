package dev.argosy.model.tunnel;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The agent's first word on a stream: length (4 bytes, big-endian) and JSON. */
public sealed interface StreamReply {

  int MAX_LENGTH = 32 * 1024;

  /** What was asked for follows. */
  record Accepted() implements StreamReply {}

  /** Nothing follows. */
  record Refused(Status status) implements StreamReply {}

  /** Writes it with a single write. */
  default void writeTo(TunnelStream stream) throws IOException {
    byte[] json =
        Json.mapper()
            .writeValueAsBytes(
                switch (this) {
                  case Accepted() -> Json.object().put("status", "Success");
                  case Refused(Status status) -> status.toJson();
                });
    byte[] all = ByteBuffer.allocate(4 + json.length).putInt(json.length).put(json).array();
    new DataOutputStream(stream.output()).write(all);
  }

  /** Waits for the peer's reply. */
  static StreamReply readFrom(TunnelStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream.input());
    int length = in.readInt();
    if (length < 0 || length > MAX_LENGTH) {
      throw new TunnelException("a reply of " + length + " bytes");
    }
    byte[] json = new byte[length];
    in.readFully(json);
    try {
      return of(Json.mapper().readTree(json));
    } catch (JacksonException e) {
      throw new TunnelException("a reply that is no JSON");
    }
  }

  private static StreamReply of(JsonNode json) {
    if ("Success".equals(json.path("status").asString(""))) {
      return new Accepted();
    }
    Reason reason = Reason.of(json.path("reason").asString(""));
    return new Refused(Status.of(reason, json.path("message").asString("")));
  }
}
