package dev.argosy.server.answer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The body of one answer. A short one is sent with its length; a long one is streamed, compressed
 * if the client takes that. Must be closed.
 */
final class AnswerStream extends OutputStream {

  /** Bodies up to this size are not worth compressing; the limit of Kubernetes. */
  private static final int SHORT = 128 * 1024;

  private final HttpServletResponse response;
  private final boolean mayCompress;
  private byte[] held = new byte[4096];
  private int length;
  private boolean streaming;
  private OutputStream out = OutputStream.nullOutputStream();

  AnswerStream(HttpServletResponse response, boolean mayCompress) {
    this.response = response;
    this.mayCompress = mayCompress;
  }

  @Override
  public void write(int b) throws IOException {
    if (streaming) {
      out.write(b);
      return;
    }
    makeRoom(1);
    held[length++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (!streaming && length + count > SHORT) {
      beginStreaming();
    }
    if (streaming) {
      out.write(bytes, offset, count);
      return;
    }
    makeRoom(count);
    System.arraycopy(bytes, offset, held, length, count);
    length += count;
  }

  private void makeRoom(int count) {
    if (length + count > held.length) {
      held = java.util.Arrays.copyOf(held, Math.max(held.length * 2, length + count));
    }
  }

  private void beginStreaming() throws IOException {
    streaming = true;
    out = response.getOutputStream();
    if (mayCompress) {
      response.setHeader("Content-Encoding", "gzip");
      response.addHeader("Vary", "Accept-Encoding");
      out = new FastGzip(out);
    }
    out.write(held, 0, length);
    held = new byte[0];
    length = 0;
  }

  @Override
  public void close() throws IOException {
    if (streaming) {
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
