package dev.argosy.server.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 as far as needed to send anything at all and to read what is answered. */
final class RawConnection implements AutoCloseable {

  private final int port;
  private final Duration patience;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  RawConnection(int port, Duration patience) {
    this.port = port;
    this.patience = patience;
  }

  /** An answer; the names of the headers in lower case. */
  record Answer(int code, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Sends the bytes and reads one answer.
   *
   * @param head whether it answers a HEAD request, and so without a body
   * @throws java.net.SocketTimeoutException if none comes in time
   * @throws EOFException if the server closes the connection without one
   */
  Answer exchange(byte[] request, boolean head) throws IOException {
    open().getOutputStream().write(request);
    return answer(head);
  }

  /** As {@link #exchange}, and nothing more will come. */
  Answer lastExchange(byte[] request) throws IOException {
    open().getOutputStream().write(request);
    open().shutdownOutput();
    return answer(true);
  }

  private Answer answer(boolean head) throws IOException {
    Answer answer = read(head);
    while (answer.code() == 100) {
      answer = read(head);
    }
    if ("close".equalsIgnoreCase(answer.headers().get("connection")) || answer.code() == 101) {
      close();
    }
    return answer;
  }

  private Socket open() throws IOException {
    Socket present = socket;
    if (present == null) {
      present = new Socket(InetAddress.getLoopbackAddress(), port);
      present.setSoTimeout((int) patience.toMillis());
      present.setTcpNoDelay(true);
      in = new BufferedInputStream(present.getInputStream());
      socket = present;
    }
    return present;
  }

  private Answer read(boolean head) throws IOException {
    String status = line();
    String[] words = status.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
      throw new IOException("no answer of HTTP: " + status);
    }
    int code = Integer.parseInt(words[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    boolean bare = head || code < 200 || code == 204 || code == 304;
    return new Answer(code, headers, bare ? new byte[0] : body(headers));
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      return chunks();
    }
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line(), 16);
      body.writeBytes(in.readNBytes(length));
      line();
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed after '" + line.toString(StandardCharsets.UTF_8) + "'");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    Socket present = socket;
    socket = null;
    if (present != null) {
      present.close();
    }
  }
}
