package dev.argosy.server.webhook.call;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The answer to one HTTP/1.1 request, after which the connection ends.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
record HttpReply(int code, byte[] body) {

  private static final int MAX_HEAD = 64 * 1024;

  /** Reads an answer; more than {@code limit} bytes of body are an error. */
  static HttpReply read(InputStream from, int limit) throws IOException {
    InputStream in = new BufferedInputStream(from);
    while (true) {
      int[] budget = {MAX_HEAD};
      int code = code(line(in, budget));
      Map<String, String> headers = headers(in, budget);
      if (code >= 200) {
        return new HttpReply(code, code == 204 ? new byte[0] : body(in, headers, limit));
      }
    }
  }

  private static int code(String statusLine) throws IOException {
    String[] parts = statusLine.split(" ", 3);
    boolean http = parts.length >= 2 && parts[0].startsWith("HTTP/1.");
    if (!http || !parts[1].matches("[1-9][0-9]{2}")) {
      throw new IOException("malformed HTTP response");
    }
    return Integer.parseInt(parts[1]);
  }

  private static Map<String, String> headers(InputStream in, int[] budget) throws IOException {
    Map<String, String> headers = new HashMap<>();
    String line = line(in, budget);
    while (!line.isEmpty()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("malformed HTTP response header");
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
      line = line(in, budget);
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers, int limit)
      throws IOException {
    String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    if (coding.endsWith("chunked")) {
      return chunks(in, limit);
    }
    String length = headers.get("content-length");
    if (length == null) {
      return exactly(in, limit + 1, limit, false);
    }
    if (!length.matches("[0-9]{1,10}") || Long.parseLong(length) > limit) {
      throw tooLong(limit);
    }
    return exactly(in, Integer.parseInt(length), limit, true);
  }

  private static byte[] exactly(InputStream in, int length, int limit, boolean all)
      throws IOException {
    byte[] body = in.readNBytes(length);
    if (all && body.length < length) {
      throw new EOFException("unexpected EOF");
    }
    if (body.length > limit) {
      throw tooLong(limit);
    }
    return body;
  }

  private static byte[] chunks(InputStream in, int limit) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int[] budget = {limit};
    while (true) {
      String size = line(in, budget).replaceFirst(";.*", "").strip();
      if (!size.matches("[0-9a-fA-F]{1,7}")) {
        throw new IOException("malformed chunked encoding");
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        return body.toByteArray();
      }
      if (body.size() + length > limit) {
        throw tooLong(limit);
      }
      body.write(exactly(in, length, limit, true));
      line(in, budget);
    }
  }

  private static IOException tooLong(int limit) {
    return new IOException("the response is longer than " + limit + " bytes");
  }

  private static String line(InputStream in, int[] budget) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b != '\n') {
      if (b < 0) {
        throw new EOFException(line.size() == 0 ? "EOF" : "unexpected EOF");
      }
      if (budget[0]-- == 0) {
        throw new IOException("the response's headers are too long");
      }
      line.write(b);
      b = in.read();
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
