package dev.argosy.server.follow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * Names that are due at some time. A name that is put again while waiting keeps the earlier time;
 * one that is being worked on comes back after it is done.
 */
public final class DueNames {

  private record Due(String name, long at) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private final DelayQueue<Due> queue = new DelayQueue<>();
  private final Map<String, Due> waiting = new HashMap<>();
  private final Set<String> working = new HashSet<>();
  private final Set<String> again = new HashSet<>();

  public synchronized void put(String name, long delayMillis) {
    if (working.contains(name) && delayMillis == 0) {
      again.add(name);
      return;
    }
    Due due = new Due(name, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis));
    Due earlier = waiting.get(name);
    if (earlier == null || due.at < earlier.at) {
      waiting.put(name, due);
      queue.add(due);
    }
  }

  /** Waits for the next name; {@link #done} must follow. */
  public String take() throws InterruptedException {
    while (true) {
      Due due = queue.take();
      if (begin(due)) {
        return due.name;
      }
    }
  }

  private synchronized boolean begin(Due due) {
    if (waiting.get(due.name) != due) {
      return false; // an earlier time was set since
    }
    waiting.remove(due.name);
    if (working.add(due.name)) {
      return true;
    }
    again.add(due.name);
    return false;
  }

  public synchronized void done(String name) {
    working.remove(name);
    if (again.remove(name)) {
      put(name, 0);
    }
  }
}
