package dev.argosy.server.relay;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The first part of a request.
 *
 * @param target path and query; visible ASCII only
 */
public record RequestHead(String method, String target, List<Header> headers) {

  public RequestHead {
    headers = List.copyOf(headers);
    if (!target.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException("not the target of a request");
    }
  }

  boolean says(String name) {
    return headers.stream().anyMatch(header -> header.is(name));
  }

  /** The bytes; whatever stood in a value, it stays in its line. */
  public byte[] bytes() {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    for (Header header : headers) {
      head.append(header.name()).append(": ").append(oneLine(header.value())).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String oneLine(String value) {
    return value.replace('\r', ' ').replace('\n', ' ');
  }
}
