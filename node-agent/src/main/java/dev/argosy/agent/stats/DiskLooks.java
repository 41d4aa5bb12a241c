package dev.argosy.agent.stats;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.storage.DiskBook;
import dev.argosy.agent.storage.PodDisk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What pods keep on the disk, as it was last counted. Counting takes long, so who asks never waits
 * for it, and nothing is counted while nobody asks: a question has it counted for the next one, if
 * the last count is old.
 */
public final class DiskLooks {

  private static final Logger LOG = LoggerFactory.getLogger(DiskLooks.class);

  private final DiskBook book;
  private final Duration every;
  private final Clock clock;
  private final AtomicBoolean counting = new AtomicBoolean();
  private volatile Looked last = new Looked(Instant.EPOCH, Map.of());

  private record Looked(Instant at, Map<String, PodDisk> disks) {}

  /**
   * @param every how long a count is good
   */
  public DiskLooks(DiskBook book, Duration every, Clock clock) {
    this.book = book;
    this.every = every;
    this.clock = clock;
  }

  /** By the pod's uid; without those that were not counted yet. */
  Map<String, PodDisk> of(List<PodView> pods) {
    Looked present = last;
    Duration old = Duration.between(present.at, clock.instant()).abs(); // it may have been set back
    if (old.compareTo(every) > 0 && counting.compareAndSet(false, true)) {
      Thread.ofVirtual().name("disk-look").start(() -> count(pods));
    }
    return present.disks;
  }

  private void count(List<PodView> pods) {
    try {
      last = new Looked(clock.instant(), book.of(pods));
    } catch (RuntimeFailure e) {
      LOG.debug("not counted what pods keep on the disk: {}", e.getMessage());
    } finally {
      counting.set(false);
    }
  }
}
