package dev.argosy.store.spi;

import dev.argosy.model.object.ObjectKey;

/** One conditional change of one key. */
public sealed interface Change {

  ObjectKey key();

  /** Holds if the key is absent. */
  record Create(ObjectKey key, byte[] value) implements Change {}

  /** Holds if the key's revision is the expected one. */
  record Update(ObjectKey key, long expectedRevision, byte[] value) implements Change {}

  /** Holds if the key's revision is the expected one. */
  record Delete(ObjectKey key, long expectedRevision) implements Change {}

  /** Changes nothing; holds if the key's revision is the expected one (0: absent). */
  record Check(ObjectKey key, long expectedRevision) implements Change {}
}
