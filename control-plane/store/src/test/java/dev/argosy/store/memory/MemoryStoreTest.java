package dev.argosy.store.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.ResourceStoreContract;
import dev.argosy.store.spi.StoreUnavailableException;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends ResourceStoreContract {

  private final MemoryStore store = new MemoryStore();

  @Override
  protected ResourceStore store() {
    return store;
  }

  @Override
  protected void compact(long revision) {
    store.compact(revision);
  }

  @Test
  void outageIsPlayed() {
    store.available(false);
    assertThatThrownBy(store::currentRevision).isInstanceOf(StoreUnavailableException.class);
    store.available(true);
    store.currentRevision();
  }
}
