package dev.argosy.server.history;

import dev.argosy.store.seal.SealedException;
import dev.argosy.store.seal.Vault;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.history.HistoryUpkeep;
import dev.argosy.tenancy.history.RevisionLog;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The data keys that the history needs. It waits until all that is in etcd now is recorded: what is
 * still on its way may need a key that nothing in etcd needs any more.
 */
final class NeededKeys implements Vault.Needs {

  private static final Duration STEP = Duration.ofMillis(200);
  private static final int STEPS = 60;

  private final ResourceStore etcd;
  private final @Nullable RevisionLog log;
  private final HistoryUpkeep upkeep;

  /**
   * Keys of what is kept.
   *
   * @param log of etcd's changes; null if nothing is recorded any more
   */
  NeededKeys(ResourceStore etcd, @Nullable RevisionLog log, HistoryUpkeep upkeep) {
    this.etcd = etcd;
    this.log = log;
    this.upkeep = upkeep;
  }

  @Override
  public Set<Long> keysOf(String cluster) {
    try {
      if (log != null) {
        awaitRecorded(log, etcd.currentRevision());
      }
      return upkeep.keys(cluster);
    } catch (PersistenceException e) {
      throw behind();
    }
  }

  private static void awaitRecorded(RevisionLog log, long revision) {
    CountDownLatch never = new CountDownLatch(1);
    try {
      for (int step = 0; log.position() < revision; step++) {
        if (step == STEPS || never.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
          throw behind();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw behind();
    }
  }

  private static SealedException behind() {
    return new SealedException(
        "the history cannot tell now which data keys it needs; try again when it has caught up");
  }
}
