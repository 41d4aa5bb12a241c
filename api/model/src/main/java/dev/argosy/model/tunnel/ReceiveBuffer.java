package dev.argosy.model.tunnel;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Bytes of one stream that arrived and were not read yet; never more than the window. */
final class ReceiveBuffer {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
  private final WindowRoom room;
  private final IntConsumer credit;
  private int window;
  private int grown;
  private int headOffset;
  private int outstanding;
  private int unreturned;
  private boolean ended;
  private @Nullable String failure;
  private Duration timeout = Duration.ZERO;

  /**
   * A buffer that nothing has come to.
   *
   * @param window to begin with, as the peer knows it
   * @param room for larger windows
   * @param credit told how many bytes the peer may send again
   */
  ReceiveBuffer(int window, WindowRoom room, IntConsumer credit) {
    this.window = window;
    this.room = room;
    this.credit = credit;
  }

  void offer(byte[] chunk) throws TunnelException {
    lock.lock();
    try {
      if (chunk.length > window - outstanding) {
        throw new TunnelException("the peer sent more than the window of a stream");
      }
      if (ended || failure != null || chunk.length == 0) {
        return;
      }
      outstanding += chunk.length;
      chunks.add(chunk);
      changed.signalAll();
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

  /** What was not read is lost, unless the peer had said that it was all. */
  void fail(String reason) {
    lock.lock();
    try {
      if (failure == null && !ended) {
        failure = reason;
        chunks.clear();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Zero waits for ever. */
  void timeout(Duration newTimeout) {
    lock.lock();
    try {
      timeout = newTimeout;
    } finally {
      lock.unlock();
    }
  }

  int available() {
    lock.lock();
    try {
      byte[] head = chunks.peek();
      return head == null ? 0 : head.length - headOffset;
    } finally {
      lock.unlock();
    }
  }

  int read(byte[] target, int offset, int length) throws TunnelException, InterruptedIOException {
    int returned = 0;
    lock.lock();
    try {
      awaitBytes();
      if (failure != null) {
        throw new TunnelException(failure);
      }
      byte[] head = chunks.peek();
      if (head == null) {
        return -1;
      }
      int count = copyFrom(head, target, offset, length);
      returned = takeReturnable(count);
      return count;
    } finally {
      lock.unlock();
      if (returned > 0) {
        credit.accept(returned);
      }
    }
  }

  private void awaitBytes() throws InterruptedIOException {
    long nanos = timeout.isZero() ? Long.MAX_VALUE : timeout.toNanos();
    try {
      while (chunks.isEmpty() && !ended && failure == null) {
        nanos = changed.awaitNanos(nanos);
        if (nanos <= 0) {
          throw new SocketTimeoutException("nothing came for " + timeout.toSeconds() + " s");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading from the tunnel");
    }
  }

  private int copyFrom(byte[] head, byte[] target, int offset, int length) {
    int count = Math.min(length, head.length - headOffset);
    System.arraycopy(head, headOffset, target, offset, count);
    headOffset += count;
    if (headOffset == head.length) {
      chunks.remove();
      headOffset = 0;
    }
    return count;
  }

  /**
   * Credits go back in portions of half a window, not for every few bytes. A reader that has read
   * all waits for the peer: then the window is too small for the way between them, and grows.
   */
  private int takeReturnable(int count) {
    unreturned += count;
    if (unreturned < window / 2 || ended || failure != null) {
      return 0;
    }
    int more = chunks.isEmpty() ? room.take(window) : 0;
    window += more;
    grown += more;
    int returned = unreturned;
    unreturned = 0;
    outstanding -= returned;
    return returned + more;
  }

  /** The stream is over: others may have what its window had grown by. */
  void release() {
    lock.lock();
    try {
      room.giveBack(grown);
      grown = 0;
    } finally {
      lock.unlock();
    }
  }
}
