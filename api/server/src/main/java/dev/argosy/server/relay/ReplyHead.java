package dev.argosy.server.relay;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The first part of an answer.
 *
 * @param version as in the first line, {@code HTTP/1.1} or older
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
public record ReplyHead(String version, int code, List<Header> headers) {

  private static final int SWITCHING = 101;

  public ReplyHead {
    headers = List.copyOf(headers);
  }

  /**
   * Reads it; passes over answers that only say that one is coming.
   *
   * @param most how many bytes it may have
   */
  public static ReplyHead read(InputStream in, int most) throws IOException {
    while (true) {
      int[] budget = {most};
      String status = line(in, budget);
      int code = code(status);
      List<Header> headers = headers(in, budget);
      if (code >= 200 || code == SWITCHING) {
        return new ReplyHead(status.split(" ", 2)[0], code, headers);
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

  /** The first value of a header. */
  public Optional<String> first(String name) {
    return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
  }

  /**
   * How long the body is, if the head says so and is right.
   *
   * @param method of the request
   */
  public Optional<String> length(String method) {
    return first("Content-Length")
        .filter(length -> first("Transfer-Encoding").isEmpty() || method.equals("HEAD"));
  }

  boolean switching() {
    return code == SWITCHING;
  }

  /** Whether the server lets the connection stand (RFC 9112, section 9.3). */
  boolean lasting() {
    return version.equals("HTTP/1.1")
        && all("Connection").stream()
            .noneMatch(said -> said.toLowerCase(Locale.ROOT).contains("close"));
  }

  /** All values of a header. */
  public List<String> all(String name) {
    return headers.stream().filter(h -> h.is(name)).map(Header::value).toList();
  }
}
