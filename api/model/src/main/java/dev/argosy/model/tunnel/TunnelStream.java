package dev.argosy.model.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream of a session: bytes both ways, each way ended on its own. One thread may read while
 * another writes; reading and writing block.
 *
 * <p>Closing the output ends that direction (the peer reads end of file). {@link #close} gives the
 * stream up: what was not ended is reset.
 */
public final class TunnelStream implements AutoCloseable {

  private static final int MAX_DATA = Frame.MAX_PAYLOAD;

  private final int id;
  private final TunnelSession session;
  private final SendWindow credits;
  private final ReceiveBuffer received;
  private final AtomicBoolean localEnded = new AtomicBoolean();
  private final AtomicBoolean remoteEnded = new AtomicBoolean();
  private final InputStream input = new Input();
  private final OutputStream output = new Output();

  TunnelStream(int id, int window, TunnelSession session) {
    this.id = id;
    this.session = session;
    this.credits = new SendWindow(window);
    this.received =
        new ReceiveBuffer(
            window, session.room(), bytes -> session.control(Frame.credit(id, bytes)));
  }

  public InputStream input() {
    return input;
  }

  /** Every write goes out at once; flushing does nothing. */
  public OutputStream output() {
    return output;
  }

  /** Reads that wait longer fail with {@link java.net.SocketTimeoutException}; zero: for ever. */
  public void readTimeout(Duration timeout) {
    received.timeout(timeout);
  }

  /** Ends both directions; the peer's reads and writes fail with this reason. */
  public void reset(String reason) {
    boolean outputOpen = !localEnded.getAndSet(true);
    boolean inputOpen = !remoteEnded.getAndSet(true);
    if (outputOpen) {
      session.control(Frame.reset(id, reason));
    } else if (inputOpen) {
      session.afterData(Frame.reset(id, reason)); // what was written and ended still arrives
    }
    over(reason);
  }

  @Override
  public void close() {
    reset("the other side gave the stream up");
  }

  int id() {
    return id;
  }

  void receive(Frame frame) throws IOException {
    switch (frame.type()) {
      case DATA -> received.offer(frame.payload());
      case CREDIT -> credits.give(frame.creditBytes());
      case END -> remoteEnd();
      case RESET -> remoteReset(frame.text());
      case OPEN, PING, PONG -> throw new TunnelException("frame out of place: " + frame.type());
    }
  }

  /** The session ended under the stream. */
  void fail(String reason) {
    localEnded.set(true);
    remoteEnded.set(true);
    over(reason);
  }

  private void remoteEnd() {
    received.end();
    remoteEnded.set(true);
    forgetIfDone();
  }

  private void remoteReset(String reason) {
    localEnded.set(true);
    remoteEnded.set(true);
    over(reason.isEmpty() ? "the stream was reset" : reason);
  }

  private void over(String reason) {
    credits.fail(reason);
    received.fail(reason);
    forget();
  }

  private void forgetIfDone() {
    if (localEnded.get() && remoteEnded.get()) {
      forget();
    }
  }

  private void forget() {
    received.release();
    session.forget(id);
  }

  private final class Input extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      return length == 0 ? 0 : received.read(target, offset, length);
    }

    @Override
    public int available() {
      return received.available();
    }
  }

  /** A write is never mixed with that of another thread, however long it is. */
  private final class Output extends OutputStream {

    private final ReentrantLock writing = new ReentrantLock();

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, source.length);
      int from = offset;
      int end = offset + length;
      writing.lock();
      try {
        while (from < end) {
          from += writeSome(source, from, Math.min(MAX_DATA, end - from));
        }
      } finally {
        writing.unlock();
      }
    }

    private int writeSome(byte[] source, int from, int length) throws IOException {
      try {
        int count = credits.take(length);
        if (localEnded.get()) {
          throw new TunnelException("the output is closed");
        }
        session.data(new Frame(FrameType.DATA, id, Arrays.copyOfRange(source, from, from + count)));
        return count;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while writing to the tunnel");
      }
    }

    @Override
    public void close() throws IOException {
      if (localEnded.getAndSet(true)) {
        return;
      }
      try {
        session.data(Frame.end(id));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while closing a stream of the tunnel");
      } finally {
        forgetIfDone();
      }
    }
  }
}
