package dev.argosy.store.spi;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps objects as bytes with revisions. Revisions are positive, grow with every transaction, and
 * order all changes of the store. Calls block; any thread may call. All throw {@link
 * StoreUnavailableException} within a bounded time when the store cannot be reached.
 */
public interface ResourceStore extends AutoCloseable {

  /** The most changes that one transaction may write, and the most checks it may have besides. */
  int MAX_CHANGES = 64;

  /** The most bytes that the values of one transaction may have together. */
  int MAX_BYTES = 1_500_000;

  /**
   * The newest state of a key, linearizable.
   *
   * @throws ValueTroubleException if it is there and cannot be read
   */
  Optional<StoredValue> get(ObjectKey key);

  /**
   * Values of a resource in the order of keys; what cannot be read is among them and says so.
   *
   * @param cluster only this logical cluster; empty for all
   * @param revision read at this revision; 0 for now (linearizable)
   * @param after begin behind this key; null for the start
   * @param limit at most so many; 0 for all
   * @throws CompactedException if the revision is too old
   * @throws IllegalArgumentException if the revision lies in the future
   */
  StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit);

  /**
   * Applies all changes in one transaction if every condition holds, else none. At most {@value
   * #MAX_CHANGES} changes that write and as many checks, each key once, else {@link
   * IllegalArgumentException}.
   *
   * <p>All changes share one revision. A remote watcher remembers the revision of the last event
   * that it got and resumes behind it; two changed objects of one resource in one transaction could
   * so cost it the second event. Change at most one object of each watched resource.
   *
   * <p>A value with a lifetime is deleted by the store when that is over: never before, and soon
   * after (within a minute, or a twentieth of the lifetime if that is shorter, and some seconds).
   * Watches are told of it as of any deletion. A store that keeps no such values takes the lifetime
   * for none; see there.
   */
  CommitResult commit(List<Change> changes);

  /**
   * Reports every change of the store, over all resources and clusters, with a revision above the
   * given one. One ordered stream for everything is what lets a reader conclude, from having seen
   * revision R, that nothing below R is still to come.
   *
   * @param afterRevision 0: from the current revision on
   */
  StoreWatch watch(long afterRevision, StoreWatch.Listener listener);

  /** The newest revision of the store, linearizable; 1 or more. */
  long currentRevision();

  @Override
  void close();
}
