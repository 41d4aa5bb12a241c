package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.seal.spi.FakeKeyService;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.ResourceStoreContract;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** A sealed store is a store: one resource of the contract is sealed, the other is not. */
class SealedMemoryStoreTest extends ResourceStoreContract {

  private final MemoryStore below = new MemoryStore();
  private final Sealing sealing =
      Sealing.open(
          below,
          new FakeKeyService(),
          new SealConfig(Set.of(new GroupResource("", "configmaps")), "s", Duration.ofHours(1)),
          Clock.systemUTC());

  @Override
  protected ResourceStore store() {
    return sealing.store();
  }

  @Override
  protected void compact(long revision) {
    below.compact(revision);
  }
}
