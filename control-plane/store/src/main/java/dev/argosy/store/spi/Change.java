package dev.argosy.store.spi;

import dev.argosy.model.object.ObjectKey;
import java.time.Duration;

/** One conditional change of one key. */
public sealed interface Change {

  ObjectKey key();

  /**
   * Holds if the key is absent.
   *
   * @param lifetime see {@link ResourceStore#commit}; zero for ever
   */
  record Create(ObjectKey key, byte[] value, Duration lifetime) implements Change {
    public Create(ObjectKey key, byte[] value) {
      this(key, value, Duration.ZERO);
    }
  }

  /**
   * Holds if the key's revision is the expected one.
   *
   * @param lifetime from now on, whatever it was before; zero for ever
   */
  record Update(ObjectKey key, long expectedRevision, byte[] value, Duration lifetime)
      implements Change {
    public Update(ObjectKey key, long expectedRevision, byte[] value) {
      this(key, expectedRevision, value, Duration.ZERO);
    }
  }

  /** Holds if the key's revision is the expected one. */
  record Delete(ObjectKey key, long expectedRevision) implements Change {}

  /** Changes nothing; holds if the key's revision is the expected one (0: absent). */
  record Check(ObjectKey key, long expectedRevision) implements Change {}
}
