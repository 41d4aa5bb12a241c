package dev.argosy.model.tunnel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * By how much the windows of a session's streams may grow. A window bounds what a stream carries in
 * one round trip; so those of streams that are read as fast as they come grow, and all of them
 * together not beyond what the process can hold.
 */
final class WindowRoom {

  /** At 50 ms there and back, 40 MB/s. */
  static final int LARGEST_WINDOW = 2 * 1024 * 1024;

  private final AtomicInteger left;

  /**
   * @param bytes for all streams together
   */
  WindowRoom(int bytes) {
    this.left = new AtomicInteger(bytes);
  }

  /** What a window of that size may grow by now: as much again, or nothing. */
  int take(int window) {
    int wanted = Math.min(window, LARGEST_WINDOW - window);
    if (wanted <= 0) {
      return 0;
    }
    int before = left.getAndUpdate(room -> room >= wanted ? room - wanted : room);
    return before >= wanted ? wanted : 0;
  }

  void giveBack(int bytes) {
    left.addAndGet(bytes);
  }
}
