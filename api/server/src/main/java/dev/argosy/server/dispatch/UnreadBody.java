package dev.argosy.server.dispatch;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What is left of a refused request's body. It is read and thrown away, up to a limit: a client
 * that is still sending sees a broken connection or stream (HTTP/2: RST_STREAM) before it reads why
 * it was refused.
 */
final class UnreadBody {

  /** Several times the longest body that is accepted; who sends more sees the connection break. */
  static final long MOST_BYTES = 16L * 1024 * 1024;

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int CHUNK = 16 * 1024;

  private UnreadBody() {}

  /** Reads on to the end, but no more than 16 MiB and, while bytes come, no longer than 10 s. */
  static void drain(HttpServletRequest request, Clock clock) throws IOException {
    if (request.getContentLengthLong() > MOST_BYTES || waitsForLeave(request)) {
      return;
    }
    Instant deadline = clock.instant().plus(LONGEST);
    InputStream in = request.getInputStream();
    if (in.read() < 0) {
      return; // as with nearly all: no chunk is made for them
    }
    byte[] chunk = new byte[CHUNK];
    long total = 1;
    int read = in.read(chunk);
    while (read >= 0 && total <= MOST_BYTES && clock.instant().isBefore(deadline)) {
      total += read;
      read = in.read(chunk);
    }
  }

  /** Whether the body comes only after a "100 Continue", which reading would send. */
  private static boolean waitsForLeave(HttpServletRequest request) {
    String expects = request.getHeader("Expect");
    return expects != null && expects.equalsIgnoreCase("100-continue");
  }
}
