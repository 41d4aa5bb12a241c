package dev.argosy.server.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;

/** The body of an answer, without its framing: of a length, in chunks, or to the end. */
final class ReplyBody extends InputStream {

  private static final int LINE = 4096;
  private static final long TO_THE_END = Long.MAX_VALUE;

  private final InputStream in;
  private final boolean chunked;

  /** Of the chunk, or of the whole. */
  private long left;

  private boolean begun;
  private boolean ended;

  private ReplyBody(InputStream in, boolean chunked, long left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
    this.ended = !chunked && left == 0;
  }

  /**
   * The body that follows a head.
   *
   * @param none whether there is none whatever the head says, as after HEAD
   */
  static ReplyBody after(ReplyHead head, InputStream in, boolean none) throws IOException {
    if (none || head.code() == 204 || head.code() == 304) {
      return new ReplyBody(in, false, 0);
    }
    if (head.first("Transfer-Encoding").toLowerCase(Locale.ROOT).endsWith("chunked")) {
      return new ReplyBody(in, true, 0);
    }
    String length = head.first("Content-Length");
    return new ReplyBody(in, false, length.isEmpty() ? TO_THE_END : length(length));
  }

  private static long length(String text) throws IOException {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IOException("bad Content-Length \"" + text + "\"");
    }
    return Long.parseLong(text);
  }

  @Override
  public int available() throws IOException {
    return ended ? 0 : (int) Math.min(left, in.available());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (!ended && chunked && left == 0) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      if (left != TO_THE_END) {
        throw new EOFException("unexpected EOF");
      }
      ended = true;
      return -1;
    }
    if (left != TO_THE_END) {
      left -= count;
      ended = !chunked && left == 0;
    }
    return count;
  }

  private void nextChunk() throws IOException {
    int[] budget = {LINE};
    if (begun) {
      ReplyHead.line(in, budget);
    }
    begun = true;
    String size = ReplyHead.line(in, budget).replaceFirst(";.*", "").strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("malformed chunked encoding");
    }
    left = Long.parseLong(size, 16);
    ended = left == 0;
  }
}
