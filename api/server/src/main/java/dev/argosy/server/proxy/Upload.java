package dev.argosy.server.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hands a request's body on as it comes, while the answer may be on its way already. */
final class Upload {

  /** The length of a body that says none. */
  static final String CHUNKED = "chunked";

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final int PATIENCE_SECONDS = 5;
  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final InputStream from;
  private final OutputStream to;
  private final boolean nothing;
  private final boolean chunked;
  private final CountDownLatch done = new CountDownLatch(1);

  /**
   * @param length as of {@link #length}
   */
  Upload(InputStream from, OutputStream to, String length) {
    this.from = from;
    this.to = to;
    this.nothing = length.isEmpty() || length.equals("0");
    this.chunked = length.equals(CHUNKED);
  }

  /** The length of a request's body; empty if it has none. */
  static String length(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    if (length >= 0) {
      return Long.toString(length);
    }
    boolean said = request.getHeader("Transfer-Encoding") != null;
    return said || WITH_BODY.contains(request.getMethod()) ? CHUNKED : "";
  }

  /** On a thread of its own. */
  void start() {
    if (nothing) {
      done.countDown();
      return;
    }
    Thread.ofVirtual().name("proxy-upload").start(this::run);
  }

  private void run() {
    try {
      copy();
    } catch (IOException e) {
      // the backend has heard enough, or the client is gone; the answer tells
    } finally {
      done.countDown();
    }
  }

  private void copy() throws IOException {
    byte[] buffer = new byte[32 * 1024];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      if (chunked && n > 0) {
        to.write((Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      to.write(buffer, 0, n);
      if (chunked && n > 0) {
        to.write(new byte[] {'\r', '\n'});
      }
      to.flush();
    }
    if (chunked) {
      to.write(LAST);
      to.flush();
    }
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
