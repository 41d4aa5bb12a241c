package dev.argosy.server.answer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The body of one answer. A short one is sent with its length; a long one is streamed, compressed
 * if the client takes that. Small writes are gathered here, so that the container gets pieces that
 * are too large for it to copy once more. Must be closed.
 */
final class AnswerStream extends OutputStream {

  /** Bodies up to this size are not worth compressing; the limit of Kubernetes. */
  private static final int SHORT = 128 * 1024;

  private static final int SMALLEST = 512;

  private final HttpServletResponse response;
  private final boolean mayCompress;
  private byte[] held;
  private int length;
  private boolean streaming;
  private long sent;
  private OutputStream out = OutputStream.nullOutputStream();

  /**
   * A body.
   *
   * @param expected about how many bytes it has
   */
  AnswerStream(HttpServletResponse response, boolean mayCompress, int expected) {
    this.response = response;
    this.mayCompress = mayCompress;
    this.held = new byte[Math.min(SHORT, Math.max(SMALLEST, expected))];
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
      sent += count;
      out.write(bytes, offset, count); // longer than all that is ever gathered
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
      held = Arrays.copyOf(held, wanted);
    }
  }

  private void sendHeld() throws IOException {
    if (!streaming) {
      beginStreaming();
    }
    sent += length;
    out.write(held, 0, length);
    length = 0;
  }

  private void beginStreaming() throws IOException {
    streaming = true;
    out = response.getOutputStream();
    if (mayCompress) {
      response.setHeader("Content-Encoding", "gzip");
      response.addHeader("Vary", "Accept-Encoding");
      out = new FastGzip(out);
    }
  }

  /** How many bytes were written, before compression. */
  long count() {
    return sent + length;
  }

  @Override
  public void close() throws IOException {
    if (streaming) {
      sendHeld();
      out.close();
      return;
    }
    response.setContentLength(length);
    response.getOutputStream().write(held, 0, length);
    response.getOutputStream().close();
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 32 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
