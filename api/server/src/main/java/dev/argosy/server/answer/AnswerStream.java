package dev.argosy.server.answer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of one answer. A short one is sent with its length; a long one is streamed, compressed
 * if the client takes that. Small writes are gathered here, and go on in pieces between which the
 * recipient's pace may rest. Must be finished, and closed in any case.
 */
final class AnswerStream extends OutputStream {

  /** Bodies up to this size are not worth compressing; the limit of Kubernetes. */
  private static final int SHORT = 128 * 1024;

  /** So much of a long body goes out at once; compressing or encrypting it takes some 0.1 ms. */
  private static final int PIECE = 16 * 1024;

  private static final int SMALLEST = 512;
  private static final byte[] NONE = {};

  /** Long bodies gather in the same arrays again and again: they would be most of the garbage. */
  private static final BlockingQueue<byte[]> SPARE =
      new ArrayBlockingQueue<>(4 * Runtime.getRuntime().availableProcessors());

  private final Recipient recipient;
  private byte[] held;
  private int length;
  private boolean streaming;
  private long sent;
  private OutputStream out = OutputStream.nullOutputStream();
  private @Nullable FastGzip gzip;

  /**
   * A body.
   *
   * @param expected about how many bytes it has
   */
  AnswerStream(Recipient recipient, int expected) {
    this.recipient = recipient;
    this.held = expected < SHORT ? new byte[Math.max(SMALLEST, expected)] : longest();
  }

  @Override
  public void write(int b) throws IOException {
    makeRoom(1);
    held[length++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    makeRoom(count);
    if (count > held.length - length) {
      send(bytes, offset, count); // longer than all that is ever gathered
      return;
    }
    System.arraycopy(bytes, offset, held, length, count);
    length += count;
  }

  /** Afterwards there is room, or nothing is held and the rest is streamed. */
  private void makeRoom(int count) throws IOException {
    if (count <= held.length - length) {
      return;
    }
    if (length + count > SHORT) {
      sendHeld();
    }
    int wanted = Math.min(SHORT, Math.max(held.length * 2, length + count));
    if (wanted > held.length) {
      byte[] longer = wanted == SHORT ? longest() : new byte[wanted];
      System.arraycopy(held, 0, longer, 0, length);
      held = longer;
    }
  }

  private static byte[] longest() {
    byte[] spare = SPARE.poll();
    return spare == null ? new byte[SHORT] : spare;
  }

  private void sendHeld() throws IOException {
    if (!streaming) {
      beginStreaming();
    }
    send(held, 0, length);
    length = 0;
  }

  private void send(byte[] bytes, int offset, int count) throws IOException {
    sent += count;
    Pace pace = recipient.pace();
    if (!pace.rests()) {
      out.write(bytes, offset, count);
      return;
    }
    int end = offset + count;
    for (int at = offset; at < end; at += PIECE) {
      long began = System.nanoTime();
      out.write(bytes, at, Math.min(PIECE, end - at));
      pace.sent(System.nanoTime() - began);
    }
  }

  private void beginStreaming() throws IOException {
    streaming = true;
    HttpServletResponse response = recipient.response();
    out = response.getOutputStream();
    if (recipient.takesGzip()) {
      response.setHeader("Content-Encoding", "gzip");
      response.addHeader("Vary", "Accept-Encoding");
      gzip = new FastGzip(out);
      out = gzip;
    }
  }

  /**
   * Sends the rest; without this an answer is not complete, and the client sees that.
   *
   * @return how many bytes were written, before compression
   */
  long finish() throws IOException {
    long count = sent + length;
    if (streaming) {
      sendHeld();
    } else {
      recipient.response().setContentLength(length);
      out = recipient.response().getOutputStream();
      out.write(held, 0, length);
    }
    out.close();
    if (held.length == SHORT) {
      SPARE.offer(held); // not after a failure: the container may still hold it then
      held = NONE;
    }
    return count;
  }

  @Override
  public void close() {
    if (gzip != null) {
      gzip.end();
    }
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 32 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }

    /** Frees what is kept outside of the heap; may be called again. */
    void end() {
      def.end();
    }
  }
}
