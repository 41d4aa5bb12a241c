package dev.argosy.model.event;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for one thread, of many logical clusters: they take turns, and when there is no more
 * room, the one that has most waiting loses something. So a flood of one costs the others nothing.
 * Any thread may put and take.
 */
final class Turns<T> {

  private final int room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition available = lock.newCondition();
  private final LinkedHashMap<String, ArrayDeque<T>> waiting = new LinkedHashMap<>();
  private int size;

  Turns(int room) {
    this.room = room;
  }

  /** Adds; answers what is lost for that: the newest of the cluster with most. */
  Optional<T> put(String cluster, T item) {
    lock.lock();
    try {
      waiting.computeIfAbsent(cluster, c -> new ArrayDeque<>()).add(item);
      size++;
      available.signal();
      return size > room ? Optional.of(drop()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private T drop() {
    Map.Entry<String, ArrayDeque<T>> most = waiting.firstEntry();
    for (Map.Entry<String, ArrayDeque<T>> entry : waiting.entrySet()) {
      if (entry.getValue().size() > most.getValue().size()) {
        most = entry;
      }
    }
    T lost = most.getValue().removeLast();
    size--;
    if (most.getValue().isEmpty()) {
      waiting.remove(most.getKey());
    }
    return lost;
  }

  /** The next, waited for. */
  T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (size == 0) {
        available.await();
      }
      Map.Entry<String, ArrayDeque<T>> first = waiting.pollFirstEntry();
      T item = first.getValue().removeFirst();
      size--;
      if (!first.getValue().isEmpty()) {
        waiting.put(first.getKey(), first.getValue());
      }
      return item;
    } finally {
      lock.unlock();
    }
  }
}
