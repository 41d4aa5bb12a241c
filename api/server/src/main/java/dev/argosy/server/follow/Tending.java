package dev.argosy.server.follow;

import dev.argosy.model.status.StatusException;
import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tends to names, each by one thread at a time, and again after a pause until all is well with it.
 * Its threads are virtual and wait while nothing is due. Any thread may name.
 */
public final class Tending implements AutoCloseable {

  /** So many pauses at most lie between two tries. */
  static final int LONGEST = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Tending.class);

  private final Crew crew;
  private final Predicate<String> task;
  private final DueNames due = new DueNames();

  /** How many pauses to wait before a name that was not done is tried again. */
  private final Map<String, Integer> undone = new ConcurrentHashMap<>();

  private final List<Thread> threads = new ArrayList<>();

  /**
   * Who does it.
   *
   * @param name of the threads, and in the log
   * @param pause before a name that was not done is tended to again; doubles with each try, to 8
   *     times as long, until it is done
   */
  public record Crew(String name, int size, Duration pause) {}

  /**
   * Nothing is due yet, and nobody works.
   *
   * @param task looks at the present state; false, or thrown: it must be done again
   */
  public Tending(Crew crew, Predicate<String> task) {
    this.crew = crew;
    this.task = task;
  }

  /** Begins; does not wait. */
  public void start() {
    for (int i = 0; i < crew.size(); i++) {
      threads.add(Thread.ofVirtual().name(crew.name() + "-" + i).start(this::work));
    }
  }

  /** The name is due now; once more afterwards, if it is being tended to. */
  public void put(String name) {
    due.put(name, 0);
  }

  /** The name is due after a while, or earlier if somebody says so. */
  public void putIn(String name, Duration delay) {
    due.put(name, Math.max(1, delay.toMillis()));
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  private void work() {
    try {
      while (true) {
        String name = due.take();
        boolean done = tend(name);
        due.done(name);
        if (done) {
          undone.remove(name);
        } else {
          int pauses = undone.merge(name, 1, (before, one) -> longer(before));
          due.put(name, pauses * crew.pause().toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many pauses follow a try after which it is not done again. */
  static int longer(int pauses) {
    return Math.min(LONGEST, 2 * pauses);
  }

  private boolean tend(String name) {
    try {
      return task.test(name);
    } catch (StatusException e) {
      LOG.debug("{} {}: {}", crew.name(), name, e.status().message());
    } catch (StoreUnavailableException e) {
      LOG.debug("{} {}: the store is not there", crew.name(), name, e);
    } catch (RuntimeException e) {
      LOG.warn("{} {} cannot be brought in line, trying again", crew.name(), name, e);
    }
    return false;
  }
}
