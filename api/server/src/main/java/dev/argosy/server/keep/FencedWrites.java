package dev.argosy.server.keep;

import dev.argosy.model.client.Fence;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes that are kept only while a fence stands: every transaction that the thread commits checks
 * it. What is not kept in the store of the fence cannot be checked with it, and is not.
 */
public final class FencedWrites {

  private static final ScopedValue<Fence> CURRENT = ScopedValue.newInstance();

  private FencedWrites() {}

  /**
   * Does something behind a fence.
   *
   * @throws dev.argosy.model.status.StatusException Conflict if the fence has fallen
   */
  public static <T> T behind(Fence fence, Supplier<T> action) {
    return ScopedValue.where(CURRENT, fence).call(action::get);
  }

  /** The fence of what this thread writes. */
  static Optional<Fence> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** The changes, and the check of the fence. */
  static List<Change> checked(List<Change> changes, Fence fence) {
    List<Change> all = new ArrayList<>(changes);
    all.add(new Change.Check(fence.key(), fence.revision()));
    return all;
  }

  /** Tells a transaction that failed on the fence from one that failed on what it wrote. */
  static CommitResult judged(CommitResult result, ObjectKey written, Fence fence) {
    if (result instanceof CommitResult.Conflict conflict
        && revision(conflict, fence.key()) != fence.revision()) {
      throw Status.conflict(written.resource(), written.name(), "the term that writes this is over")
          .asException();
    }
    return result;
  }

  private static long revision(CommitResult.Conflict conflict, ObjectKey key) {
    return conflict
        .current()
        .getOrDefault(key, Optional.empty())
        .map(StoredValue::revision)
        .orElse(0L);
  }
}
