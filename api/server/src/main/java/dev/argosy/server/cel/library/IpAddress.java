package dev.argosy.server.cel.library;

import dev.argosy.server.cel.value.Opaque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address without zone. IPv4 addresses inside IPv6 are refused, as Kubernetes does.
 */
final class IpAddress implements Opaque {

  private static final int V4 = 4;
  private static final int V6 = 16;

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  static IpAddress of(byte[] bytes) {
    return new IpAddress(bytes.clone());
  }

  static Optional<IpAddress> parse(String text) {
    byte[] bytes = text.indexOf(':') >= 0 ? parse6(text) : parse4(text);
    return bytes.length == 0 || mapped(bytes)
        ? Optional.empty()
        : Optional.of(new IpAddress(bytes));
  }

  private static boolean mapped(byte[] bytes) {
    if (bytes.length != V6 || bytes[10] != -1 || bytes[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Four decimal numbers without leading zeros; empty if it is none. */
  private static byte[] parse4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[V4];
    if (parts.length != V4) {
      return new byte[0];
    }
    for (int i = 0; i < V4; i++) {
      String part = parts[i];
      boolean digits = !part.isEmpty() && part.length() <= 3;
      for (int j = 0; j < part.length(); j++) {
        digits &= part.charAt(j) >= '0' && part.charAt(j) <= '9';
      }
      boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
      if (!digits || leadingZero || Integer.parseInt(part) > 255) {
        return new byte[0];
      }
      bytes[i] = (byte) Integer.parseInt(part);
    }
    return bytes;
  }

  /** Eight groups, one run of zeros may be left out; empty if it is none. */
  private static byte[] parse6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text);
      return all.length == V6 ? all : new byte[0];
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    byte[] head = before.isEmpty() ? new byte[0] : groups(before);
    byte[] tail = after.isEmpty() ? new byte[0] : groups(after);
    boolean wrong =
        (!before.isEmpty() && head.length == 0)
            || (!after.isEmpty() && tail.length == 0)
            || head.length + tail.length > V6 - 2
            || before.indexOf('.') >= 0;
    if (wrong) {
      return new byte[0];
    }
    byte[] bytes = Arrays.copyOf(head, V6);
    System.arraycopy(tail, 0, bytes, V6 - tail.length, tail.length);
    return bytes;
  }

  private static byte[] groups(String text) {
    String[] parts = text.split(":", -1);
    byte[] bytes = new byte[2 * parts.length + 2];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        byte[] last = parse4(parts[i]);
        if (last.length == 0) {
          return new byte[0];
        }
        System.arraycopy(last, 0, bytes, length, V4);
        length += V4;
      } else {
        int group = group(parts[i]);
        if (group < 0) {
          return new byte[0];
        }
        bytes[length++] = (byte) (group >> 8);
        bytes[length++] = (byte) group;
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int group(String text) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return -1;
      }
    }
    return Integer.parseInt(text, 16);
  }

  @Override
  public String typeName() {
    return "net.IP";
  }

  byte[] bytes() {
    return bytes.clone();
  }

  int length() {
    return bytes.length;
  }

  long family() {
    return bytes.length == V4 ? 4 : 6;
  }

  boolean isUnspecified() {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isLoopback() {
    if (bytes.length == V4) {
      return bytes[0] == 127;
    }
    byte[] one = new byte[V6];
    one[V6 - 1] = 1;
    return Arrays.equals(bytes, one);
  }

  boolean isLinkLocalMulticast() {
    return bytes.length == V4
        ? bytes[0] == (byte) 224 && bytes[1] == 0 && bytes[2] == 0
        : bytes[0] == (byte) 0xff && (bytes[1] & 0x0f) == 2;
  }

  boolean isLinkLocalUnicast() {
    return bytes.length == V4
        ? bytes[0] == (byte) 169 && bytes[1] == (byte) 254
        : bytes[0] == (byte) 0xfe && (bytes[1] & 0xc0) == 0x80;
  }

  private boolean isMulticast() {
    return bytes.length == V4 ? (bytes[0] & 0xf0) == 0xe0 : bytes[0] == (byte) 0xff;
  }

  boolean isGlobalUnicast() {
    boolean broadcast = bytes.length == V4 && Arrays.equals(bytes, new byte[] {-1, -1, -1, -1});
    return !broadcast
        && !isUnspecified()
        && !isLoopback()
        && !isMulticast()
        && !isLinkLocalUnicast();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The canonical form, RFC 5952 for IPv6. */
  @Override
  public String toString() {
    if (bytes.length == V4) {
      return (bytes[0] & 255)
          + "."
          + (bytes[1] & 255)
          + "."
          + (bytes[2] & 255)
          + "."
          + (bytes[3] & 255);
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groupAt(end) == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(groupAt(i)));
      }
    }
    return text.toString();
  }

  private int groupAt(int index) {
    return (bytes[2 * index] & 255) << 8 | bytes[2 * index + 1] & 255;
  }
}
