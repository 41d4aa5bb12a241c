package dev.argosy.tenancy.objects;

import dev.argosy.model.object.ObjectKey;

/**
 * One conditional change. Each holds only while its key has the expected revision; 0 stands for a
 * key that is absent.
 */
public sealed interface Write {

  ObjectKey key();

  long expectedRevision();

  /** Stores the document (canonical JSON), new or in place of the expected one. */
  record Put(ObjectKey key, long expectedRevision, byte[] document) implements Write {}

  record Remove(ObjectKey key, long expectedRevision) implements Write {}

  /** Changes nothing, asks only. */
  record Check(ObjectKey key, long expectedRevision) implements Write {}
}
