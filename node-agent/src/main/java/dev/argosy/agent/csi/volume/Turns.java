package dev.argosy.agent.csi.volume;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** One thread at a time for one volume; few others wait for it. */
final class Turns {

  private static final int LOCKS = 256;

  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  /** A turn; it ends when it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  Turn take(String driver, String handle) {
    ReentrantLock lock = locks.get(Math.floorMod((driver + "^" + handle).hashCode(), locks.size()));
    lock.lock();
    return lock::unlock;
  }
}
