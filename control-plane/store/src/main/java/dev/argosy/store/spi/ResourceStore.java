package dev.argosy.store.spi;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps objects as bytes with revisions. Revisions are positive, grow with every transaction, and
 * order all changes of the store. Calls block; any thread may call. All throw {@link
 * StoreUnavailableException} when the store cannot be reached.
 */
public interface ResourceStore extends AutoCloseable {

  /** The newest state of a key, linearizable. */
  Optional<StoredValue> get(ObjectKey key);

  /**
   * Values of a resource in the order of keys.
   *
   * @param cluster only this logical cluster; empty for all
   * @param revision read at this revision; 0 for now
   * @param after begin behind this key; null for the start
   * @param limit at most so many; 0 for all
   * @throws CompactedException if the revision is too old
   */
  StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit);

  /**
   * Applies all changes in one transaction if every condition holds, else none. At most {@value
   * #MAX_CHANGES} changes, each key once.
   */
  CommitResult commit(List<Change> changes);

  /**
   * Reports every change of a resource, over all clusters, with a revision above the given one.
   *
   * @param afterRevision 0: from the current revision on
   */
  StoreWatch watch(GroupResource resource, long afterRevision, StoreWatch.Listener listener);

  /** The newest revision of the store, linearizable; 1 or more. */
  long currentRevision();

  /** The most changes that one transaction may have. */
  int MAX_CHANGES = 64;

  @Override
  void close();
}
