package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.store.spi.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another store, with the values of chosen resources sealed in it. Keeps every promise of the store
 * below; a value may be some seventy bytes smaller only. A value that cannot be opened troubles
 * nobody but those who ask for it.
 */
public final class SealedStore implements ResourceStore {

  private static final int TRIES = 10;

  private final ResourceStore store;
  private final Seals seals;

  SealedStore(ResourceStore store, Seals seals) {
    this.store = store;
    this.seals = seals;
  }

  @Override
  public Optional<StoredValue> get(ObjectKey key) {
    Optional<StoredValue> found = store.get(key).map(seals::open);
    found.ifPresent(StoredValue::value); // says what is wrong
    return found;
  }

  @Override
  public StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    StorePage page = store.list(resource, cluster, revision, after, limit);
    List<StoredValue> opened = new ArrayList<>(page.values().size());
    for (StoredValue value : page.values()) {
      opened.add(seals.open(value));
    }
    return new StorePage(opened, page.revision(), page.more());
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    Transactions.check(changes);
    if (!seals.seals(changes)) {
      return opened(store.commit(changes), Map.of());
    }
    long bytes = Transactions.bytes(changes);
    return bytes > MAX_BYTES ? new CommitResult.TooLarge(bytes) : commitSealed(changes);
  }

  /** Again with the keys of now when they are no longer those that it was sealed by. */
  private CommitResult commitSealed(List<Change> changes) {
    for (int count = 0; count < TRIES; count++) {
      Seals.Sealed sealed = seals.seal(changes);
      CommitResult result = store.commit(sealed.changes());
      if (!(result instanceof CommitResult.Conflict conflict) || !moved(sealed, conflict)) {
        return opened(result, sealed.checked());
      }
      sealed.checked().keySet().forEach(place -> seals.keys().read(place.cluster()));
    }
    throw new StoreUnavailableException("the data keys change all the time; try again");
  }

  private static boolean moved(Seals.Sealed sealed, CommitResult.Conflict conflict) {
    return sealed.checked().entrySet().stream()
        .anyMatch(check ->
            conflict
                .current()
                .getOrDefault(check.getKey(), Optional.empty())
                .map(found -> found.revision() != check.getValue())
                .orElse(true));
  }

  /** What the caller asked for, in the clear. */
  private CommitResult opened(CommitResult result, Map<ObjectKey, Long> own) {
    if (!(result instanceof CommitResult.Conflict(Map<ObjectKey, Optional<StoredValue>> current))) {
      return result;
    }
    Map<ObjectKey, Optional<StoredValue>> shown = new HashMap<>(current);
    shown.keySet().removeAll(own.keySet());
    shown.replaceAll((key, found) -> found.map(seals::open));
    return new CommitResult.Conflict(shown);
  }

  @Override
  public StoreWatch watch(long afterRevision, StoreWatch.Listener listener) {
    return store.watch(afterRevision, new OpeningListener(seals, listener));
  }

  @Override
  public long currentRevision() {
    return store.currentRevision();
  }

  /** Closes the store below. */
  @Override
  public void close() {
    store.close();
  }
}
