package dev.argosy.server.http.raw;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Blocking reads from an end point; one reader. */
final class RawInput extends InputStream {

  private static final int BUFFER = 16 * 1024;

  private final EndPoint endPoint;
  private final Semaphore ready = new Semaphore(0);
  private final ByteBuffer buffer = BufferUtil.allocate(BUFFER);
  private ByteBuffer early = BufferUtil.EMPTY_BUFFER;
  private volatile @Nullable Throwable failure;

  RawInput(EndPoint endPoint) {
    this.endPoint = endPoint;
  }

  /** What came with the request already. */
  void begin(@Nullable ByteBuffer received) {
    early = BufferUtil.copy(received == null ? BufferUtil.EMPTY_BUFFER : received);
    BufferUtil.clear(received);
  }

  void wake() {
    ready.release();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (BufferUtil.hasContent(early)) {
      return take(early, target, offset, length);
    }
    while (BufferUtil.isEmpty(buffer)) {
      int filled = endPoint.fill(buffer);
      if (filled < 0) {
        return -1;
      }
      if (filled == 0) {
        awaitBytes();
      }
    }
    return take(buffer, target, offset, length);
  }

  private static int take(ByteBuffer from, byte[] target, int offset, int length) {
    int count = Math.min(length, from.remaining());
    from.get(target, offset, count);
    return count;
  }

  private void awaitBytes() throws IOException {
    if (!endPoint.isOpen()) {
      throw new IOException("the connection is closed");
    }
    endPoint.fillInterested(
        Callback.from(Callback.NOOP.getInvocationType(), ready::release, this::fail));
    try {
      ready.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading");
    }
    Throwable cause = failure;
    if (cause != null) {
      throw new IOException(cause.getMessage(), cause);
    }
  }

  private void fail(Throwable cause) {
    failure = cause;
    ready.release();
  }
}
