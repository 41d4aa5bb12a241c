package dev.argosy.agent.grpc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A protobuf message that was received. Fields are asked for by number; one that is absent is
 * empty, 0 or false, as in proto3, and unknown ones are passed over.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
public final class Message {

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FOUR_BYTES = 5;

  /** Of a field: its place if it has a length, its value if it is a number. */
  private record Field(int number, int type, long value, int from, int to) {}

  private final byte[] bytes;
  private final List<Field> fields = new ArrayList<>();
  private int at;

  private Message(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    while (at < to) {
      fields.add(field(to));
    }
  }

  /**
   * Reads a message; the array must not be changed afterwards.
   *
   * @throws IllegalArgumentException if these bytes are no message
   */
  public static Message of(byte[] bytes) {
    return new Message(bytes, 0, bytes.length);
  }

  private Field field(int to) {
    int tag = (int) varint(to);
    int number = tag >>> 3;
    int type = tag & 7;
    if (number == 0) {
      throw new IllegalArgumentException("not a protobuf message: a field without a number");
    }
    return switch (type) {
      case VARINT -> new Field(number, type, varint(to), 0, 0);
      case LENGTH_DELIMITED -> slice(number, type, varint(to), to);
      case EIGHT_BYTES -> slice(number, type, 8, to);
      case FOUR_BYTES -> slice(number, type, 4, to);
      default ->
          throw new IllegalArgumentException("not a protobuf message: a field of type " + type);
    };
  }

  private Field slice(int number, int type, long length, int to) {
    if (length < 0 || length > to - at) {
      throw new IllegalArgumentException("not a protobuf message: it ends too early");
    }
    int from = at;
    at += (int) length;
    return new Field(number, type, 0, from, at);
  }

  private long varint(int to) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == to) {
        throw new IllegalArgumentException("not a protobuf message: it ends too early");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("not a protobuf message: an endless number");
  }

  private List<Field> delimited(int number) {
    return fields.stream().filter(f -> f.number == number && f.type == LENGTH_DELIMITED).toList();
  }

  /** A number (any integer type without a sign bit of its own, or an enum). */
  public long number(int number) {
    return fields.stream()
        .filter(f -> f.number == number && f.type == VARINT)
        .reduce(0L, (before, f) -> f.value, (a, b) -> b);
  }

  public boolean flag(int number) {
    return number(number) != 0;
  }

  public String text(int number) {
    List<String> all = texts(number);
    return all.isEmpty() ? "" : all.getLast();
  }

  public List<String> texts(int number) {
    return delimited(number).stream().map(this::text).toList();
  }

  private String text(Field field) {
    return new String(bytes, field.from, field.to - field.from, StandardCharsets.UTF_8);
  }

  public byte[] bytes(int number) {
    List<Field> all = delimited(number);
    return all.isEmpty()
        ? new byte[0]
        : Arrays.copyOfRange(bytes, all.getLast().from, all.getLast().to);
  }

  /** A message inside; an empty one if it is absent. */
  public Message message(int number) {
    return present(number).orElseGet(() -> new Message(bytes, 0, 0));
  }

  /** A message inside, if it is there. */
  public Optional<Message> present(int number) {
    List<Message> all = messages(number);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  public List<Message> messages(int number) {
    return delimited(number).stream().map(f -> new Message(bytes, f.from, f.to)).toList();
  }

  /** A map of texts. */
  public Map<String, String> map(int number) {
    Map<String, String> map = new LinkedHashMap<>();
    messages(number).forEach(entry -> map.put(entry.text(1), entry.text(2)));
    return map;
  }
}
