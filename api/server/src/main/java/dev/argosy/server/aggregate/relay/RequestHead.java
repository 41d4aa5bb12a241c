package dev.argosy.server.aggregate.relay;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The first part of a request.
 *
 * @param target path and query; visible ASCII only
 */
record RequestHead(String method, String target, List<Header> headers) {

  RequestHead {
    headers = List.copyOf(headers);
    if (!target.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException("not the target of a request");
    }
  }

  /** The bytes; whatever stood in a value, it stays in its line. */
  byte[] bytes() {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    for (Header header : headers) {
      head.append(header.name()).append(": ").append(oneLine(header.value())).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String value) {
    return value.replace('\r', ' ').replace('\n', ' ');
  }
}
