package dev.argosy.server.http.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;

/** Blocking writes to an end point; nothing is kept back, any thread may write. */
final class RawOutput extends OutputStream {

  private final EndPoint endPoint;
  private final ReentrantLock writing = new ReentrantLock();

  RawOutput(EndPoint endPoint) {
    this.endPoint = endPoint;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    writing.lock();
    try (Blocker.Callback written = Blocker.callback()) {
      endPoint.write(written, ByteBuffer.wrap(source, offset, length));
      written.block();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    endPoint.close();
  }
}
