package dev.argosy.agent.storage;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.PodsHere;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends pods that have more on the disk than they may. However full the disk, counting takes no more
 * than a tenth of the time: it rests nine times as long as the last count took.
 */
public final class StorageLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StorageLoop.class);
  private static final int REST = 9;

  private final DiskBook book;
  private final PodsHere pods;
  private final Duration every;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** A loop that has not begun. */
  public StorageLoop(DiskBook book, PodsHere pods, Duration every, Clock clock) {
    this.book = book;
    this.pods = pods;
    this.every = every;
    this.clock = clock;
  }

  /** Begins, on a thread of its own. */
  public void start() {
    Thread.ofVirtual().name("storage-limits").start(this::run);
  }

  private void run() {
    try {
      Duration rest = every;
      while (!closed.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        Instant began = clock.instant();
        round();
        Duration tired = Duration.between(began, clock.instant()).multipliedBy(REST);
        rest = tired.compareTo(every) > 0 ? tired : every;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One count, and what follows from it. */
  void round() {
    try {
      List<PodView> limited = pods.active().stream().filter(StorageLimits::any).toList();
      if (limited.isEmpty()) {
        return;
      }
      Map<String, PodDisk> disks = book.of(limited);
      for (PodView pod : limited) {
        Optional<Verdict> word =
            StorageLimits.broken(pod, disks.getOrDefault(pod.uid(), PodDisk.EMPTY));
        word.ifPresent(w -> {
          LOG.warn("{} is evicted: {}", pod, w.message().strip());
          pods.evict(pod, w);
        });
      }
    } catch (RuntimeFailure e) {
      LOG.debug("no count of what pods keep on the disk: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("what pods keep on the disk could not be counted", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
