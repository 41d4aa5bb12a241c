package dev.argosy.server.metering;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.usage.UsageTurn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turns that wait in etcd. */
final class TurnQueue {

  private static final Logger LOG = LoggerFactory.getLogger(TurnQueue.class);
  private static final int PAGE = 1_000;

  private final ResourceStore store;

  TurnQueue(ResourceStore store) {
    this.store = store;
  }

  /** What does something with turns before they are removed. */
  interface Taker {
    /**
     * Keeps turns for good.
     *
     * @param turns all that wait of some subjects, in the order in which they were written
     * @param revision at which the queue was read
     */
    void keep(List<UsageTurn> turns, long revision);
  }

  /**
   * What came of emptying the queue.
   *
   * @param revision at which it was read: all turns up to it are kept
   * @param emptied whether none of these turns is left
   */
  record Emptied(long revision, boolean emptied) {}

  /** Hands out all turns, some subjects at a time, and removes them when they are kept. */
  Emptied empty(Taker taker) {
    List<StoredValue> some = new ArrayList<>();
    boolean emptied = true;
    long revision = 0;
    @Nullable ObjectKey after = null;
    while (true) {
      StorePage page = store.list(Turns.RESOURCE, ClusterDirectory.ROOT, revision, after, PAGE);
      revision = page.revision();
      for (StoredValue value : page.values()) {
        if (some.size() >= PAGE && !subject(value).equals(subject(some.getLast()))) {
          emptied &= keep(some, revision, taker);
          some.clear();
        }
        some.add(value);
        after = value.key();
      }
      if (!page.more()) {
        emptied &= keep(some, revision, taker);
        return new Emptied(revision, emptied);
      }
    }
  }

  private static String subject(StoredValue turn) {
    String name = turn.key().name();
    return name.substring(0, name.lastIndexOf('.') + 1);
  }

  private boolean keep(List<StoredValue> some, long revision, Taker taker) {
    List<UsageTurn> turns = new ArrayList<>();
    List<Change> kept = new ArrayList<>();
    for (StoredValue value : some) {
      try {
        turns.add(Turns.of(value));
        kept.add(new Change.Delete(value.key(), value.revision()));
      } catch (RuntimeException e) {
        LOG.error("{} cannot be read; what it says is not metered, and it stays", value.key(), e);
      }
    }
    if (!turns.isEmpty()) {
      turns.sort(Comparator.comparingLong(UsageTurn::revision));
      taker.keep(turns, revision);
    }
    return remove(kept) && kept.size() == some.size();
  }

  private boolean remove(List<Change> kept) {
    boolean all = true;
    for (int i = 0; i < kept.size(); i += ResourceStore.MAX_CHANGES) {
      List<Change> some = kept.subList(i, Math.min(kept.size(), i + ResourceStore.MAX_CHANGES));
      all &= store.commit(some) instanceof CommitResult.Committed;
    }
    return all;
  }
}
