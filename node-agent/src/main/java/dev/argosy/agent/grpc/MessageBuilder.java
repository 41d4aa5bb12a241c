package dev.argosy.agent.grpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/**
 * A protobuf message to send. As in proto3 an empty text, 0 and false are not written; an empty
 * message is. One thread.
 */
public final class MessageBuilder {

  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A number of any integer type without a sign bit of its own, or an enum. */
  public MessageBuilder number(int number, long value) {
    if (value != 0) {
      varint((long) number << 3);
      varint(value);
    }
    return this;
  }

  public MessageBuilder flag(int number, boolean value) {
    return number(number, value ? 1 : 0);
  }

  public MessageBuilder text(int number, String value) {
    return value.isEmpty() ? this : bytes(number, value.getBytes(StandardCharsets.UTF_8));
  }

  public MessageBuilder texts(int number, Collection<String> values) {
    values.forEach(value -> bytes(number, value.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  public MessageBuilder bytes(int number, byte[] value) {
    varint((long) number << 3 | LENGTH_DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  public MessageBuilder message(int number, MessageBuilder value) {
    return bytes(number, value.bytes());
  }

  /** A number in a message of its own ({@code Int64Value}), so that 0 differs from absence. */
  public MessageBuilder wrapped(int number, long value) {
    return message(number, new MessageBuilder().number(1, value));
  }

  /** Numbers, packed. */
  public MessageBuilder numbers(int number, Collection<Long> values) {
    if (values.isEmpty()) {
      return this;
    }
    MessageBuilder packed = new MessageBuilder();
    values.forEach(packed::varint);
    return message(number, packed);
  }

  /** Fields of the same message that were written before. */
  public MessageBuilder raw(byte[] fields) {
    out.writeBytes(fields);
    return this;
  }

  /** A map of texts. */
  public MessageBuilder map(int number, Map<String, String> map) {
    map.forEach((key, value) -> message(number, new MessageBuilder().text(1, key).text(2, value)));
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
