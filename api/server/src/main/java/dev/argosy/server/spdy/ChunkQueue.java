package dev.argosy.server.spdy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What arrived on a stream; the writer waits when the reader is too far behind. */
final class ChunkQueue extends InputStream {

  private static final int LIMIT = 256 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
  private int headOffset;
  private int size;
  private boolean ended;
  private boolean discarding;

  void put(byte[] chunk) throws InterruptedIOException {
    lock.lock();
    try {
      while (size > LIMIT && !ended && !discarding) {
        await();
      }
      if (chunk.length > 0 && !ended && !discarding) {
        chunks.add(chunk);
        size += chunk.length;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more. */
  void discard() {
    lock.lock();
    try {
      discarding = true;
      ended = true;
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    discard();
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    lock.lock();
    try {
      while (chunks.isEmpty() && !ended) {
        await();
      }
      byte[] head = chunks.peek();
      if (head == null) {
        return -1;
      }
      int count = Math.min(length, head.length - headOffset);
      System.arraycopy(head, headOffset, target, offset, count);
      headOffset += count;
      size -= count;
      if (headOffset == head.length) {
        chunks.remove();
        headOffset = 0;
      }
      changed.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  private void await() throws InterruptedIOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a stream");
    }
  }
}
