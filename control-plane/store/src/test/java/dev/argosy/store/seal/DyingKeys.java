package dev.argosy.store.seal;

import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.WrappedKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Takes the store away after so many keys were wrapped: what was wrapped last is not written any
 * more, as if the server had died at that moment.
 */
final class DyingKeys implements KeyService {

  private final KeyService service;
  private final MemoryStore store;
  private int left;

  DyingKeys(KeyService service, int left, MemoryStore store) {
    this.service = service;
    this.left = left;
    this.store = store;
  }

  @Override
  public List<String> keys() {
    return service.keys();
  }

  @Override
  public void refresh() {
    service.refresh();
  }

  @Override
  public boolean shared(String keyId, Collection<String> others) {
    return service.shared(keyId, others);
  }

  @Override
  public Optional<String> trouble(String keyId) {
    return service.trouble(keyId);
  }

  @Override
  public WrappedKey wrap(String keyId, byte[] dataKey, byte[] context) {
    left--;
    if (left == 0) {
      store.available(false);
    }
    return service.wrap(keyId, dataKey, context);
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    return service.unwrap(wrapped, context);
  }
}
