package dev.argosy.controllers.runtime;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Keys that wait to be worked on. Promises: logical clusters take turns, and within one keys come
 * in the order they were added; a cluster gets no more workers than it leaves free, so that one
 * whose keys take long does not have them all; a key that is added many times before it is taken
 * comes once; a key is out with one worker at a time; added again meanwhile, it comes again after;
 * any number of threads may add and take; after closing everybody is told that it is over.
 */
public final class KeyQueue implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private record Later(Instant due, Timers.Timer timer) {}

  private final Timers timers;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition available = lock.newCondition();

  private final LinkedHashMap<String, LinkedHashSet<ObjectKey>> waiting = new LinkedHashMap<>();
  private final Set<ObjectKey> out = new HashSet<>();
  private final Map<String, Integer> outByCluster = new HashMap<>();
  private final Set<ObjectKey> again = new LinkedHashSet<>();
  private final Map<ObjectKey, Later> later = new HashMap<>();
  private final Map<ObjectKey, Integer> failures = new HashMap<>();
  private boolean closed;

  public KeyQueue(Timers timers, RandomGenerator random) {
    this.timers = timers;
    this.random = random;
  }

  public void add(ObjectKey key) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (out.contains(key)) {
        again.add(key);
      } else if (waiting.computeIfAbsent(key.cluster(), c -> new LinkedHashSet<>()).add(key)) {
        available.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds the key later; an earlier time that it is due at already stays. */
  public void addAfter(ObjectKey key, Duration delay) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      Instant due = timers.now().plus(delay);
      Later present = later.get(key);
      if (present != null && !present.due().isAfter(due)) {
        return;
      }
      if (present != null) {
        present.timer().cancel();
      }
      later.put(key, new Later(due, timers.after(delay, () -> due(key, due))));
    } finally {
      lock.unlock();
    }
  }

  private void due(ObjectKey key, Instant due) {
    lock.lock();
    try {
      Later present = later.get(key);
      if (present != null && present.due().equals(due)) {
        later.remove(key);
        add(key);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next key, for one of any number of workers; see {@link #take(int)}. */
  Optional<ObjectKey> take() throws InterruptedException {
    return take(Integer.MAX_VALUE);
  }

  /**
   * The next key that may be worked on, waited for; empty when the queue is closed. That of a
   * cluster with as many keys out as workers are free is passed over: one busy cluster has half of
   * the workers, two a third each, and a cluster that comes then finds one free.
   *
   * @param workers how many there are, the caller among them
   */
  public Optional<ObjectKey> take(int workers) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Optional<String> cluster = next(workers - out.size());
        if (cluster.isPresent()) {
          ObjectKey key = take(cluster.get());
          if (!waiting.isEmpty()) {
            available.signal();
          }
          return Optional.of(key);
        }
        available.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> next(int free) {
    return waiting.keySet().stream()
        .filter(c -> outByCluster.getOrDefault(c, 0) < free)
        .findFirst();
  }

  private ObjectKey take(String cluster) {
    LinkedHashSet<ObjectKey> keys = Objects.requireNonNull(waiting.remove(cluster));
    ObjectKey key = keys.removeFirst();
    if (!keys.isEmpty()) {
      waiting.put(cluster, keys);
    }
    out.add(key);
    outByCluster.merge(cluster, 1, Integer::sum);
    return key;
  }

  /**
   * Gives back a taken key, and says what came of it. That takes the place of what came of it
   * before: a time to look again that was asked for then counts no more.
   */
  public void finish(ObjectKey key, Outcome outcome) {
    lock.lock();
    try {
      if (out.remove(key)) {
        if (outByCluster.merge(key.cluster(), -1, Integer::sum) == 0) {
          outByCluster.remove(key.cluster());
        }
        available.signal();
      }
      switch (outcome) {
        case Outcome.Retry retry -> addAfter(key, pause(key));
        case Outcome.RequeueAfter(Duration delay) -> {
          forget(key);
          addAfter(key, delay);
        }
        case Outcome.Done done -> forget(key);
        case Outcome.Failed failed -> forget(key);
      }
      if (again.remove(key)) {
        add(key);
      }
    } finally {
      lock.unlock();
    }
  }

  private void forget(ObjectKey key) {
    failures.remove(key);
    Later present = later.remove(key);
    if (present != null) {
      present.timer().cancel();
    }
  }

  /** Doubles with every failure in a row; half of it is chance, so that failures spread out. */
  private Duration pause(ObjectKey key) {
    int count = failures.merge(key, 1, Integer::sum);
    long full =
        Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(count - 1, 20));
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }

  /** Keys that wait now, not counting those out and those due later. */
  public int size() {
    lock.lock();
    try {
      return waiting.values().stream().mapToInt(Set::size).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no key waits and none is out. */
  public boolean idle() {
    lock.lock();
    try {
      return waiting.isEmpty() && out.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      later.values().forEach(l -> l.timer().cancel());
      later.clear();
      available.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
