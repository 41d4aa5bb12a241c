package dev.argosy.store.spi;

import dev.argosy.model.object.ObjectKey;

/**
 * One revision of a value. The array belongs to the store and must not be changed.
 *
 * @param value canonical JSON without resourceVersion
 * @param revision the revision that wrote it
 */
public record StoredValue(ObjectKey key, byte[] value, long revision) {}
