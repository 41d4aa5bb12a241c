package dev.argosy.model.tunnel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames on their way out. Control frames never wait and go first; data frames wait for room, in
 * the order of arrival, so that no stream starves another.
 */
final class FrameQueue {

  private static final int MAX_CONTROL = 4096;
  private static final int MAX_DATA = 16;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition filled = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Frame> control = new ArrayDeque<>();
  private final ArrayDeque<Frame> data = new ArrayDeque<>();
  private boolean closed;

  /** Returns false when the peer makes us say more than it takes. */
  boolean putControl(Frame frame) {
    lock.lock();
    try {
      if (control.size() >= MAX_CONTROL) {
        return false;
      }
      if (!closed) {
        control.add(frame);
        filled.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for room. */
  void putData(Frame frame) throws TunnelException, InterruptedException {
    lock.lock();
    try {
      while (data.size() >= MAX_DATA && !closed) {
        room.await();
      }
      if (closed) {
        throw new TunnelException("the tunnel is closed");
      }
      data.add(frame);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for frames and takes all; an empty list says that the queue is closed. */
  List<Frame> take() throws InterruptedException {
    lock.lock();
    try {
      while (control.isEmpty() && data.isEmpty() && !closed) {
        filled.await();
      }
      List<Frame> all = new ArrayList<>(control);
      all.addAll(data);
      control.clear();
      data.clear();
      room.signalAll();
      return all;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      control.clear();
      data.clear();
      filled.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
