package dev.argosy.store.seal.spi;

import java.util.Map;

/**
 * A data key as it may be kept.
 *
 * @param keyId of the key-encryption key
 * @param bytes only the key service makes sense of them
 * @param annotations what else the service wants to see again; no secrets
 */
public record WrappedKey(String keyId, byte[] bytes, Map<String, String> annotations) {
  public WrappedKey {
    annotations = Map.copyOf(annotations);
    if (keyId.isEmpty() || bytes.length == 0) {
      throw new IllegalArgumentException("a wrapped key has an id and bytes");
    }
  }
}
