package dev.argosy.store.spi;

import dev.argosy.model.object.ObjectKey;
import java.util.Map;
import java.util.Optional;

/** What came of a transaction. */
public sealed interface CommitResult {

  /**
   * Every condition held; all changes carry this revision. If nothing but checks was asked for, it
   * is the revision at which they held.
   */
  record Committed(long revision) implements CommitResult {}

  /**
   * At least one condition did not hold; nothing was changed.
   *
   * @param current what the keys of the transaction held at that moment
   */
  record Conflict(Map<ObjectKey, Optional<StoredValue>> current) implements CommitResult {
    public Conflict {
      current = Map.copyOf(current);
    }
  }

  /**
   * The values are larger than {@link ResourceStore#MAX_BYTES} together; nothing was changed.
   *
   * @param bytes how large they are
   */
  record TooLarge(long bytes) implements CommitResult {}
}
