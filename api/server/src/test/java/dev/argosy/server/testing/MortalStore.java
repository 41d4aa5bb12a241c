package dev.argosy.server.testing;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A store whose server can die: from then on nothing is answered any more, and of what is under way
 * some reaches the store and some does not.
 */
public final class MortalStore implements ResourceStore {

  private final ResourceStore store;
  private volatile boolean dead;

  public MortalStore(ResourceStore store) {
    this.store = store;
  }

  public void die() {
    dead = true;
  }

  private void alive() {
    if (dead) {
      throw new StoreUnavailableException("the server has died");
    }
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    if (dead && ThreadLocalRandom.current().nextBoolean()) {
      alive();
    }
    CommitResult result = store.commit(changes);
    alive();
    return result;
  }

  @Override
  public Optional<StoredValue> get(ObjectKey key) {
    alive();
    return store.get(key);
  }

  @Override
  public StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    alive();
    return store.list(resource, cluster, revision, after, limit);
  }

  @Override
  public StoreWatch watch(long afterRevision, StoreWatch.Listener listener) {
    return store.watch(afterRevision, listener);
  }

  @Override
  public long currentRevision() {
    alive();
    return store.currentRevision();
  }

  @Override
  public void close() {
    store.close();
  }
}
