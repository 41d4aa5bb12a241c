package dev.argosy.agent.runtime.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a small archive in the ustar format (POSIX.1-1988), owned by root, dated 1970. */
public final class TarFile {

  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public TarFile folder(String name) {
    out.writeBytes(header(name + "/", 0755, 0, '5', ""));
    return this;
  }

  public TarFile file(String name, int mode, byte[] content) {
    out.writeBytes(header(name, mode, content.length, '0', ""));
    out.writeBytes(content);
    out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  public TarFile link(String name, String target) {
    out.writeBytes(header(name, 0777, 0, '2', target));
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(out.toByteArray());
    whole.writeBytes(new byte[2 * BLOCK]);
    return whole.toByteArray();
  }

  private static byte[] header(String name, int mode, long size, char type, String target) {
    byte[] header = new byte[BLOCK];
    put(header, 0, 100, name);
    put(header, 100, 8, octal(mode, 7));
    put(header, 108, 8, octal(0, 7));
    put(header, 116, 8, octal(0, 7));
    put(header, 124, 12, octal(size, 11));
    put(header, 136, 12, octal(0, 11));
    header[156] = (byte) type;
    put(header, 157, 100, target);
    put(header, 257, 8, "ustar\00000");
    put(header, 148, 8, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, 8, octal(sum, 6) + "\0 ");
    return header;
  }

  private static String octal(long value, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "o", value);
  }

  private static void put(byte[] header, int at, int room, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > room) {
      throw new IllegalArgumentException("too long for a tar header: " + text);
    }
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
