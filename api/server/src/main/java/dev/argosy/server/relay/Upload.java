package dev.argosy.server.relay;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client's body, sent on as it comes on a thread of its own, while the answer may be on its way
 * already.
 */
public final class Upload {

  private static final int CHUNK = 16 * 1024;
  private static final int PATIENCE_SECONDS = 5;
  private static final long UNKNOWN = -1;
  private static final byte[] NOTHING = {};
  private static final byte[] END_OF_CHUNK = {'\r', '\n'};
  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

  /** In bytes, or unknown. */
  private final long length;

  /** What was read to find out whether there is anything. */
  private final byte[] first;

  private final InputStream rest;
  private final CountDownLatch done;

  private Upload(long length, byte[] first, InputStream rest) {
    this.length = length;
    this.first = first;
    this.rest = rest;
    this.done = new CountDownLatch(length == 0 ? 0 : 1);
  }

  /** The body of a request; may wait for its beginning if nothing tells whether there is one. */
  public static Upload of(HttpServletRequest request) throws IOException {
    InputStream in = request.getInputStream();
    long said = request.getContentLengthLong();
    if (said >= 0) {
      return new Upload(said, NOTHING, in);
    }
    boolean framed = request.getHeader("Transfer-Encoding") != null;
    if (!framed && !request.getProtocol().startsWith("HTTP/2")) {
      return none();
    }
    if (framed || WITH_BODY.contains(request.getMethod())) {
      return new Upload(UNKNOWN, NOTHING, in);
    }
    byte[] first = new byte[CHUNK];
    int read = in.read(first);
    return read < 0 ? none() : new Upload(UNKNOWN, Arrays.copyOf(first, read), in);
  }

  /** No body at all. */
  public static Upload none() {
    return new Upload(0, NOTHING, InputStream.nullInputStream());
  }

  /** How it is framed; methods that never have a body do not speak of it. */
  public List<Header> framing(String method) {
    if (length == UNKNOWN) {
      return List.of(new Header("Transfer-Encoding", "chunked"));
    }
    boolean silent = length == 0 && WITHOUT_BODY.contains(method);
    return silent ? List.of() : List.of(new Header("Content-Length", Long.toString(length)));
  }

  /** Whether a request with it can be sent twice. */
  public boolean empty() {
    return length == 0;
  }

  void start(Line line) {
    if (!done()) {
      Thread.ofVirtual().name("relay-upload").start(() -> run(line));
    }
  }

  private void run(Line line) {
    try {
      copy(line);
    } catch (IOException e) {
      // the server has heard enough; its answer tells
    } finally {
      done.countDown();
    }
  }

  private void copy(Line line) throws IOException {
    OutputStream out = line.output();
    byte[] buffer = new byte[CHUNK];
    write(out, first, first.length);
    long left = length;
    while (left != 0) {
      int wanted = left < 0 ? CHUNK : (int) Math.min(left, CHUNK);
      int read = read(line, buffer, wanted);
      if (read < 0) {
        break;
      }
      write(out, buffer, read);
      left -= length == UNKNOWN ? 0 : read;
    }
    if (length == UNKNOWN) {
      out.write(LAST);
      out.flush();
    } else if (left > 0) {
      line.close();
    }
  }

  /** Nobody should wait for the rest of a body whose client is gone. */
  private int read(Line line, byte[] buffer, int wanted) throws IOException {
    try {
      return rest.read(buffer, 0, wanted);
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }

  private void write(OutputStream out, byte[] bytes, int count) throws IOException {
    if (count > 0 && length == UNKNOWN) {
      out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes, 0, count);
      out.write(END_OF_CHUNK);
    } else {
      out.write(bytes, 0, count);
    }
    out.flush();
  }

  boolean done() {
    return done.getCount() == 0;
  }

  /** Waits until the request is left alone, as its container wants it back. */
  void await() {
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
