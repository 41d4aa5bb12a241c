package dev.argosy.server.openapi;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;

/** A protobuf message being written, field by field. Empty texts are left out. */
final class WireMessage {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  WireMessage text(int field, String value) {
    if (!value.isEmpty()) {
      write(() -> out.writeString(field, value));
    }
    return this;
  }

  /** A member that is a text, if it is there. */
  WireMessage text(int field, JsonNode owner, String member) {
    return text(field, owner.path(member).asString(""));
  }

  WireMessage texts(int field, JsonNode values) {
    values.forEach(value -> write(() -> out.writeString(field, value.asString(""))));
    return this;
  }

  WireMessage truth(int field, JsonNode owner, String member) {
    if (owner.path(member).asBoolean(false)) {
      write(() -> out.writeBool(field, true));
    }
    return this;
  }

  WireMessage message(int field, WireMessage value) {
    write(() -> out.writeByteArray(field, value.toBytes()));
    return this;
  }

  /** A message that is encoded already. */
  WireMessage bytes(int field, byte[] value) {
    write(() -> out.writeByteArray(field, value));
    return this;
  }

  byte[] toBytes() {
    write(out::flush);
    return bytes.toByteArray();
  }

  /** Any JSON: its text, which is YAML too. */
  static WireMessage any(JsonNode value) {
    return new WireMessage().text(2, value.toString());
  }

  /** A name with a value, as lists of pairs stand for maps. */
  static WireMessage named(String name, WireMessage value) {
    return new WireMessage().text(1, name).message(2, value);
  }

  /** All members whose names begin with {@code x-}. */
  WireMessage extensions(int field, JsonNode owner) {
    owner.forEachEntry((name, value) -> {
      if (name.startsWith("x-")) {
        message(field, named(name, any(value)));
      }
    });
    return this;
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void write(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot happen: it goes to memory
    }
  }
}
