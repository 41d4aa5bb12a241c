package dev.argosy.server.aggregate.relay;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first part of an answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
record ReplyHead(int code, List<Header> headers) {

  /** No longer than what our own front can send on. */
  private static final int MOST_BYTES = 7 * 1024;

  private static final int SWITCHING = 101;

  ReplyHead {
    headers = List.copyOf(headers);
  }

  /** Reads it; passes over answers that only say that one is coming. */
  static ReplyHead read(InputStream in) throws IOException {
    while (true) {
      int[] budget = {MOST_BYTES};
      int code = code(line(in, budget));
      List<Header> headers = headers(in, budget);
      if (code >= 200 || code == SWITCHING) {
        return new ReplyHead(code, headers);
      }
    }
  }

  private static int code(String statusLine) throws IOException {
    String[] parts = statusLine.split(" ", 3);
    boolean http = parts.length >= 2 && parts[0].startsWith("HTTP/1.");
    if (!http || !parts[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("malformed HTTP response");
    }
    return Integer.parseInt(parts[1]);
  }

  private static List<Header> headers(InputStream in, int[] budget) throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String line = line(in, budget); !line.isEmpty(); line = line(in, budget)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      if (!name.matches("[-!#$%&'*+.^_`|~0-9A-Za-z]+")
          || value.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7f)) {
        throw new IOException("malformed HTTP response header");
      }
      headers.add(new Header(name, value));
    }
    return headers;
  }

  /** One line without its end. */
  static String line(InputStream in, int[] budget) throws IOException {
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

  Optional<String> first(String name) {
    return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
  }

  List<String> all(String name) {
    return headers.stream().filter(h -> h.is(name)).map(Header::value).toList();
  }
}
