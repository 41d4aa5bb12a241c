package dev.argosy.store.seal;

import dev.argosy.store.seal.KeyRecord.Entry;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.seal.spi.WrappedKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Makes data keys, wraps and unwraps them.
 *
 * @param choice the key-encryption key to wrap with; throws SealedException if there is none
 */
record KeyMaker(KeyService service, Supplier<String> choice, Clock clock, SecureRandom random) {

  /**
   * A new data key of a cluster.
   *
   * @throws SealedException if it cannot be wrapped
   */
  Entry make(String cluster) {
    byte[] bytes = new byte[DataKey.BYTES];
    random.nextBytes(bytes);
    long id = random.nextLong();
    try {
      return new Entry(id, wrap(cluster, id, bytes), now());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The same key under the key-encryption key of today. */
  Entry rewrap(String cluster, Entry entry) {
    byte[] bytes = service.unwrap(entry.wrapped(), KeyRecord.context(cluster, entry.id()));
    try {
      return new Entry(entry.id(), wrap(cluster, entry.id(), bytes), entry.created());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private WrappedKey wrap(String cluster, long id, byte[] bytes) {
    try {
      return service.wrap(choice.get(), bytes, KeyRecord.context(cluster, id));
    } catch (KeyServiceException e) {
      throw new SealedException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The key in the clear.
   *
   * @throws KeyServiceException if the key service does not give it
   */
  DataKey open(String cluster, Entry entry) {
    byte[] bytes = service.unwrap(entry.wrapped(), KeyRecord.context(cluster, entry.id()));
    if (bytes.length != DataKey.BYTES) {
      throw new KeyServiceException("the key service gave back something that is no data key");
    }
    return new DataKey(entry.id(), bytes);
  }

  Instant now() {
    return clock.instant();
  }
}
