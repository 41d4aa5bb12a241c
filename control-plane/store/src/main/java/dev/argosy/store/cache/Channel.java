package dev.argosy.store.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sequences of the events that one route leads to, shared by all its watchers. Exists while it
 * has watchers. Holds numbers only: a slow watcher keeps no events alive.
 */
final class Channel {

  private final long since;
  private final Set<EventCursor> watchers = ConcurrentHashMap.newKeySet();
  private long[] sequences = new long[16];
  private int start;
  private int size;
  private long lastDropped = -1;

  /**
   * @param since events below this sequence are not listed here
   */
  Channel(long since) {
    this.since = since;
  }

  long since() {
    return since;
  }

  Set<EventCursor> watchers() {
    return watchers;
  }

  /**
   * @param tail sequences below are gone from the ring and need not be listed
   */
  synchronized void append(long sequence, long tail) {
    while (size > 0 && sequences[start] < tail) {
      lastDropped = sequences[start];
      start = (start + 1) & (sequences.length - 1);
      size--;
    }
    if (size == sequences.length) {
      grow();
    }
    sequences[(start + size) & (sequences.length - 1)] = sequence;
    size++;
  }

  /**
   * The listed sequences of a range, in order; null if some are gone.
   *
   * @param from inclusive
   * @param to exclusive
   */
  synchronized long @Nullable [] range(long from, long to) {
    if (lastDropped >= from) {
      return null;
    }
    int first = search(from);
    int end = search(to);
    long[] found = new long[Math.max(0, end - first)];
    for (int i = 0; i < found.length; i++) {
      found[i] = at(first + i);
    }
    return found;
  }

  private long at(int i) {
    return sequences[(start + i) & (sequences.length - 1)];
  }

  private int search(long sequence) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle) < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void grow() {
    long[] larger = new long[sequences.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = at(i);
    }
    sequences = larger;
    start = 0;
  }
}
