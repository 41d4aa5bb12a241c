package dev.argosy.server.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of an answer of HTTP/1.1.
 *
 * @param headers in the order in which they came
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
record ReplyHead(int code, List<Header> headers) {

  /** One header as it came. */
  record Header(String name, String value) {}

  private static final int MAX_BYTES = 256 * 1024;

  ReplyHead {
    headers = List.copyOf(headers);
  }

  /** Reads it; preliminary answers are passed over. */
  static ReplyHead read(InputStream in) throws IOException {
    ReplyHead head = readOne(in);
    while (head.code < 200 && head.code != 101) {
      head = readOne(in);
    }
    return head;
  }

  private static ReplyHead readOne(InputStream in) throws IOException {
    int[] budget = {MAX_BYTES};
    int code = code(line(in, budget));
    List<Header> headers = new ArrayList<>();
    for (String line = line(in, budget); !line.isEmpty(); line = line(in, budget)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("malformed MIME header line: " + line);
      }
      headers.add(new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
    }
    return new ReplyHead(code, headers);
  }

  private static int code(String statusLine) throws IOException {
    String[] parts = statusLine.split(" ", 3);
    boolean http = parts.length >= 2 && parts[0].startsWith("HTTP/1.");
    if (!http || !parts[1].matches("[1-9][0-9]{2}")) {
      throw new IOException("malformed HTTP response");
    }
    return Integer.parseInt(parts[1]);
  }

  /** A line without its end. */
  static String line(InputStream in, int[] budget) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException(line.size() == 0 ? "EOF" : "unexpected EOF");
      }
      if (budget[0]-- == 0) {
        throw new IOException("server response headers exceeded " + MAX_BYTES + " bytes; aborted");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** The first value of a header; empty if there is none. */
  String first(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }
}
