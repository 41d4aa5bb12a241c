package dev.argosy.server.relay;

import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The second part of an answer, without its framing; an end that comes too early is an error. */
public final class ReplyBody extends InputStream {

  private static final int LONGEST_LINE = 4096;
  private static final int TRAILERS = 8192;
  private static final int CHUNK = 16 * 1024;
  private static final long TO_THE_END = -1;

  private final InputStream in;
  private final boolean chunked;

  /** Bytes until the end, or until the end of the chunk. */
  private long left;

  private boolean begun;
  private boolean ended;
  private boolean broken;

  private ReplyBody(InputStream in, boolean chunked, long left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
    this.ended = !chunked && left == 0;
  }

  /**
   * What follows a head.
   *
   * @param method of the request
   * @param in can be marked
   */
  public static ReplyBody of(String method, ReplyHead head, InputStream in) throws IOException {
    boolean none = method.equals("HEAD") || head.code() == 204 || head.code() == 304;
    if (none) {
      return new ReplyBody(in, false, 0);
    }
    Optional<String> coding = head.first("Transfer-Encoding");
    if (coding.isPresent()) {
      if (!coding.get().toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new IOException("unsupported transfer encoding");
      }
      return new ReplyBody(in, true, 0);
    }
    Optional<String> length = head.first("Content-Length");
    if (length.isEmpty()) {
      return new ReplyBody(in, false, TO_THE_END);
    }
    if (!length.get().matches("[0-9]{1,18}") || head.all("Content-Length").size() > 1) {
      throw new IOException("malformed content length");
    }
    return new ReplyBody(in, false, Long.parseLong(length.get()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    try {
      return next(target, offset, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  private int next(byte[] target, int offset, int length) throws IOException {
    if (atEnd()) {
      return -1;
    }
    int most = left == TO_THE_END ? length : (int) Math.min(left, length);
    int read = in.read(target, offset, most);
    if (read < 0) {
      if (left != TO_THE_END) {
        throw new EOFException("unexpected EOF");
      }
      ended = true;
      return -1;
    }
    if (left != TO_THE_END) {
      left -= read;
      ended = !chunked && left == 0;
    }
    return read;
  }

  private boolean atEnd() throws IOException {
    if (chunked && left == 0 && !ended) {
      nextChunk();
    }
    return ended;
  }

  /** Returns when there is something, or nothing more. */
  public void await() throws IOException {
    if (atEnd()) {
      return;
    }
    in.mark(1);
    if (in.read() >= 0) {
      in.reset();
    } else if (left == TO_THE_END) {
      ended = true;
    } else {
      throw new EOFException("unexpected EOF");
    }
  }

  /**
   * Sends it on as it comes.
   *
   * @param response its head is complete
   */
  public void sendTo(HttpServletResponse response) throws IOException {
    OutputStream out = response.getOutputStream();
    byte[] chunk = new byte[CHUNK];
    flushIfQuiet(response);
    for (int count = read(chunk); count >= 0; count = read(chunk)) {
      out.write(chunk, 0, count);
      flushIfQuiet(response);
    }
  }

  private void flushIfQuiet(HttpServletResponse response) throws IOException {
    if (!ended && available() == 0) {
      response.flushBuffer();
    }
  }

  /** Whether it came to its own end, after which another answer may follow. */
  boolean whole() {
    return ended && left != TO_THE_END;
  }

  /** Whether it could not be read to its end. */
  boolean broken() {
    return broken;
  }

  private void nextChunk() throws IOException {
    if (begun && !ReplyHead.line(in, new int[] {LONGEST_LINE}).isEmpty()) {
      throw new IOException("malformed chunked encoding");
    }
    begun = true;
    String size = ReplyHead.line(in, new int[] {LONGEST_LINE}).replaceFirst(";.*", "").strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("malformed chunked encoding");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      int[] budget = {TRAILERS};
      while (!ReplyHead.line(in, budget).isEmpty()) {
        ended = true; // nobody reads trailers
      }
      ended = true;
    }
  }

  /** What can be had without waiting; nothing at the end of a chunk. */
  @Override
  public int available() throws IOException {
    return left == TO_THE_END ? in.available() : (int) Math.min(left, in.available());
  }
}
