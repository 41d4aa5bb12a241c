package dev.argosy.agent.runtime.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue of bytes. Reading waits for at least one byte or the end; writing waits for room,
 * and drops what is written after the reading side is closed.
 */
public final class BytePipe {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] ring;
  private int start;
  private int count;
  private boolean ended;

  public BytePipe(int capacity) {
    ring = new byte[capacity];
  }

  /** Writes all; false if the pipe was closed before that. */
  public boolean write(byte[] bytes) {
    return write(bytes, 0, bytes.length);
  }

  boolean write(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    lock.lock();
    try {
      while (at < end) {
        while (count == ring.length && !ended) {
          changed.awaitUninterruptibly();
        }
        if (ended) {
          return false;
        }
        at += copyIn(bytes, at, end - at);
        changed.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private int copyIn(byte[] bytes, int at, int wanted) {
    int position = (start + count) % ring.length;
    int length = Math.min(wanted, Math.min(ring.length - count, ring.length - position));
    System.arraycopy(bytes, at, ring, position, length);
    count += length;
    return length;
  }

  int read(byte[] bytes, int offset, int wanted) {
    lock.lock();
    try {
      while (count == 0 && !ended) {
        changed.awaitUninterruptibly();
      }
      if (count == 0) {
        return -1;
      }
      int length = Math.min(wanted, Math.min(count, ring.length - start));
      System.arraycopy(ring, start, bytes, offset, length);
      start = (start + length) % ring.length;
      count -= length;
      changed.signalAll();
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it: what is in it can still be read, nothing more is taken. */
  public void close() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it was closed. */
  public void awaitClosed() {
    lock.lock();
    try {
      while (!ended) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The reading side; closing it closes the pipe. */
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() {
        byte[] one = new byte[1];
        return BytePipe.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return length == 0 ? 0 : BytePipe.this.read(bytes, offset, length);
      }

      @Override
      public void close() {
        BytePipe.this.close();
      }
    };
  }

  /** The writing side; closing it is the end of the data. */
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!BytePipe.this.write(bytes, offset, length)) {
          throw new IOException("the other side is closed");
        }
      }

      @Override
      public void close() {
        BytePipe.this.close();
      }
    };
  }
}
