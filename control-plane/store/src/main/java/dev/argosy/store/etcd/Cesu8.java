package dev.argosy.store.etcd;

/**
 * UTF-8 of each UTF-16 unit by itself (Unicode technical report 26, unpaired surrogates included):
 * bytes order as {@link String#compareTo} does, and every string survives the way there and back.
 * The same as UTF-8 for all characters up to U+FFFF.
 */
final class Cesu8 {

  private Cesu8() {}

  static byte[] encode(String text) {
    byte[] bytes = new byte[length(text)];
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[at++] = (byte) c;
      } else if (c < 0x800) {
        bytes[at++] = (byte) (0xC0 | c >> 6);
        bytes[at++] = continuation(c);
      } else {
        bytes[at++] = (byte) (0xE0 | c >> 12);
        bytes[at++] = continuation(c >> 6);
        bytes[at++] = continuation(c);
      }
    }
    return bytes;
  }

  /**
   * @throws IllegalArgumentException if the bytes are not of this form
   */
  static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int first = bytes[at++] & 0xFF;
      if (first < 0x80) {
        text.append((char) first);
      } else if (first >> 5 == 0b110) {
        text.append((char) ((first & 0x1F) << 6 | low(bytes, at)));
        at += 1;
      } else if (first >> 4 == 0b1110) {
        text.append((char) ((first & 0x0F) << 12 | low(bytes, at) << 6 | low(bytes, at + 1)));
        at += 2;
      } else {
        throw new IllegalArgumentException("bad byte at " + (at - 1));
      }
    }
    return text.toString();
  }

  private static int length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      length += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
    }
    return length;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | bits & 0x3F);
  }

  private static int low(byte[] bytes, int at) {
    if (at >= bytes.length || (bytes[at] & 0xC0) != 0x80) {
      throw new IllegalArgumentException("bad byte at " + at);
    }
    return bytes[at] & 0x3F;
  }
}
