package dev.argosy.server.testing;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store over another that may do something else first, such as failing. */
public abstract class PassingStore implements ResourceStore {

  private final ResourceStore store;

  protected PassingStore(ResourceStore store) {
    this.store = store;
  }

  /** Comes before each read; what it throws, the caller gets. */
  protected abstract void beforeRead();

  @Override
  public CommitResult commit(List<Change> changes) {
    return store.commit(changes);
  }

  @Override
  public Optional<StoredValue> get(ObjectKey key) {
    beforeRead();
    return store.get(key);
  }

  @Override
  public StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    beforeRead();
    return store.list(resource, cluster, revision, after, limit);
  }

  @Override
  public StoreWatch watch(long afterRevision, StoreWatch.Listener listener) {
    return store.watch(afterRevision, listener);
  }

  @Override
  public long currentRevision() {
    return store.currentRevision();
  }

  @Override
  public void close() {
    store.close();
  }
}
