package dev.argosy.store.seal;

import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.seal.spi.WrappedKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The key service of a server without keys: what is sealed stays shut, and says why. */
public final class NoKeys implements KeyService {

  private static final String MESSAGE =
      "it is encrypted and this API server has no keyring; set argosy.encryption.keyring";

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public void refresh() {}

  @Override
  public boolean shared(String keyId, Collection<String> others) {
    return false;
  }

  @Override
  public Optional<String> trouble(String keyId) {
    return Optional.of(MESSAGE);
  }

  @Override
  public WrappedKey wrap(String keyId, byte[] dataKey, byte[] context) {
    throw new KeyServiceException(MESSAGE);
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    throw new KeyServiceException(MESSAGE);
  }
}
