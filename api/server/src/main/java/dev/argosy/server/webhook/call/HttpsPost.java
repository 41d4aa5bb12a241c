package dev.argosy.server.webhook.call;

import dev.argosy.server.dial.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One request with a JSON body. Sent by one thread, may be abandoned by another. */
final class HttpsPost {

  private static final int MAX_REPLY = 8 * 1024 * 1024;

  private final CallTarget target;
  private final String path;
  private final byte[] body;
  private @Nullable Connection connection;
  private boolean abandoned;

  /**
   * @param path with the query
   */
  HttpsPost(CallTarget target, String path, byte[] body) {
    this.target = target;
    this.path = path;
    this.body = body;
  }

  /** The request in a message. */
  String shown() {
    return "Post \"https://" + target.authority() + path + "\"";
  }

  HttpReply send(Lines lines) throws IOException, CallException {
    Connection line = lines.dial(target);
    keep(line);
    try (line;
        SSLSocket tls = lines.secure(line, target)) {
      OutputStream out = tls.getOutputStream();
      out.write(head());
      out.write(body);
      out.flush();
      return HttpReply.read(tls.getInputStream(), MAX_REPLY);
    }
  }

  private byte[] head() {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + target.authority()
            + "\r\nUser-Agent: kube-apiserver-admission\r\nAccept: application/json, */*\r\n"
            + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  private synchronized void keep(Connection line) throws IOException {
    if (abandoned) {
      line.close();
      throw new IOException("abandoned");
    }
    connection = line;
  }

  /** Ends whatever is still open of it. */
  synchronized void abandon() {
    abandoned = true;
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        connection = null; // nobody waits for it
      }
    }
  }
}
