package dev.argosy.server.testing;

import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A store whose server can die: from then on nothing is answered any more, and of what is under way
 * some reaches the store and some does not.
 */
public final class MortalStore extends PassingStore {

  private volatile boolean dead;

  public MortalStore(ResourceStore store) {
    super(store);
  }

  public void die() {
    dead = true;
  }

  @Override
  protected void beforeRead() {
    if (dead) {
      throw new StoreUnavailableException("the server has died");
    }
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    if (dead && ThreadLocalRandom.current().nextBoolean()) {
      beforeRead();
    }
    CommitResult result = super.commit(changes);
    beforeRead();
    return result;
  }

  @Override
  public long currentRevision() {
    beforeRead();
    return super.currentRevision();
  }
}
