package dev.argosy.model.client;

import dev.argosy.model.object.ObjectKey;

/**
 * What must still be so when a write is kept: an object is at this revision. A leader whose term is
 * over, and who does not know it yet, is kept out by the one that began after it.
 *
 * @param key of an object in the store of Kubernetes' objects
 * @param revision of its last write
 */
public record Fence(ObjectKey key, long revision) {}
