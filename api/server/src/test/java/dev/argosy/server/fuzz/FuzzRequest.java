package dev.argosy.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One request.
 *
 * @param headers whole lines; host, length and credentials are added
 * @param body empty for none
 */
record FuzzRequest(String method, String target, List<String> headers, byte[] body) {

  /** As it goes over the wire. */
  byte[] bytes(String token) {
    StringBuilder head =
        new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nAuthorization: Bearer ").append(token).append("\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (body.length > 0
        || method.equals("POST")
        || method.equals("PUT")
        || method.equals("PATCH")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    return method + " " + target + " " + headers + "\n    " + shortened(text, 1500);
  }

  static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "… (" + text.length() + ")";
  }
}
