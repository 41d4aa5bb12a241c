package dev.argosy.server.aggregate.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a client sends, led on as it comes.
 *
 * @param length in bytes; negative if it is not known
 * @param first what was read already
 */
record SentBody(long length, byte[] first, InputStream rest) {

  private static final int CHUNK = 16 * 1024;
  private static final byte[] LINE = {'\r', '\n'};

  /** A body whose length the client said, or did not say (negative). */
  static SentBody of(long said, InputStream in) throws IOException {
    if (said >= 0) {
      return new SentBody(said, new byte[0], in);
    }
    byte[] chunk = new byte[CHUNK];
    int read = in.read(chunk);
    return read < 0
        ? new SentBody(0, new byte[0], in)
        : new SentBody(-1, Arrays.copyOf(chunk, read), in);
  }

  /** No body at all. */
  static SentBody none() {
    return new SentBody(0, new byte[0], InputStream.nullInputStream());
  }

  /** How it is framed; methods that never have a body do not speak of it. */
  List<Header> framing(String method) {
    if (length < 0) {
      return List.of(new Header("Transfer-Encoding", "chunked"));
    }
    boolean silent = length == 0 && List.of("GET", "HEAD", "OPTIONS").contains(method);
    return silent ? List.of() : List.of(new Header("Content-Length", Long.toString(length)));
  }

  void writeTo(OutputStream out) throws IOException {
    if (length < 0) {
      writeChunks(out);
      return;
    }
    byte[] buffer = new byte[CHUNK];
    long left = length;
    while (left > 0) {
      int read = rest.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("the client's body ended too early");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private void writeChunks(OutputStream out) throws IOException {
    chunk(out, first, first.length);
    byte[] buffer = new byte[CHUNK];
    for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
      chunk(out, buffer, read);
    }
    out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void chunk(OutputStream out, byte[] bytes, int length) throws IOException {
    if (length > 0) {
      out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.write(bytes, 0, length);
      out.write(LINE);
    }
  }
}
