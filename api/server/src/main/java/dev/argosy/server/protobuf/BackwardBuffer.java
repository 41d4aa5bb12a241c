package dev.argosy.server.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of a message, written from its end to its beginning: the length that stands before a part
 * is then known when it is written. Belongs to one thread.
 */
final class BackwardBuffer {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int DELIMITED = 2;

  private byte[] bytes;
  private int start;

  BackwardBuffer(int expected) {
    bytes = new byte[Math.max(64, expected)];
    start = bytes.length;
  }

  int size() {
    return bytes.length - start;
  }

  byte[] toArray() {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  private void reserve(int count) {
    if (start >= count) {
      return;
    }
    int size = size();
    byte[] larger = new byte[Math.max(bytes.length * 2, size + count)];
    System.arraycopy(bytes, start, larger, larger.length - size, size);
    start = larger.length - size;
    bytes = larger;
  }

  void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  void varint(long value) {
    int length = Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    reserve(length);
    start -= length;
    long rest = value;
    for (int i = start; i < start + length - 1; i++) {
      bytes[i] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[start + length - 1] = (byte) rest;
  }

  void fixed64(long value) {
    reserve(8);
    start -= 8;
    for (int i = 0; i < 8; i++) {
      bytes[start + i] = (byte) (value >>> 8 * i);
    }
  }

  /** Bytes with their tag and length before. */
  void field(int field, byte[] value) {
    reserve(value.length);
    start -= value.length;
    System.arraycopy(value, 0, bytes, start, value.length);
    varint(value.length);
    tag(field, DELIMITED);
  }

  void field(int field, String value) {
    field(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void field(int field, long value) {
    varint(value);
    tag(field, VARINT);
  }

  /** Puts tag and length before all that was written since the buffer had that size. */
  void close(int field, int sizeBefore) {
    varint(size() - sizeBefore);
    tag(field, DELIMITED);
  }
}
